// Improves pages that already work without it: nothing here is needed to use the portal.
import { Button } from "govuk-frontend/dist/govuk/components/button/button.mjs";
import { CharacterCount } from "govuk-frontend/dist/govuk/components/character-count/character-count.mjs";
import { ErrorSummary } from "govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs";
import { NotificationBanner } from "govuk-frontend/dist/govuk/components/notification-banner/notification-banner.mjs";
import { SkipLink } from "govuk-frontend/dist/govuk/components/skip-link/skip-link.mjs";

// The components refuse to start without this mark on the body.
document.body.classList.add("js-enabled", "govuk-frontend-supported");

function start(Component) {
  const found = document.querySelectorAll(`[data-module="${Component.moduleName}"]`);
  for (const element of found) new Component(element);
}

[Button, CharacterCount, ErrorSummary, NotificationBanner, SkipLink].forEach(start);

// "Print this page" is offered only where there is a script to do it.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// What a worker still reads is asked for again, and shown once it is there. The page has a
// link that does the same.
const reading = document.querySelector("[data-look-again]");
const LOOK_AGAIN_AFTER = 1500;
async function lookAgain() {
  try {
    const answer = await fetch(window.location.href, { headers: { Accept: "text/html" } });
    const words = await answer.text();
    if (!answer.ok || !words.includes("data-look-again")) return window.location.reload();
  } catch {
    // The link still stands there.
  }
  return setTimeout(lookAgain, LOOK_AGAIN_AFTER);
}
if (reading) setTimeout(lookAgain, LOOK_AGAIN_AFTER);

// A question that waits for an answer appears with it. The components of the library
// do the same, but with an aria-expanded that radios and checkboxes may not have.
for (const input of document.querySelectorAll("[data-reveals]")) {
  const more = document.getElementById(input.dataset.reveals);
  const hidden = `${more.classList[0]}--hidden`;
  const show = () => more.classList.toggle(hidden, !input.checked);
  for (const one of document.getElementsByName(input.name)) one.addEventListener("change", show);
  show();
}
