// Improves pages that already work without it: nothing here is needed to use the portal.
import { Button } from "govuk-frontend/dist/govuk/components/button/button.mjs";
import { CharacterCount } from "govuk-frontend/dist/govuk/components/character-count/character-count.mjs";
import { Checkboxes } from "govuk-frontend/dist/govuk/components/checkboxes/checkboxes.mjs";
import { ErrorSummary } from "govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs";
import { NotificationBanner } from "govuk-frontend/dist/govuk/components/notification-banner/notification-banner.mjs";
import { Radios } from "govuk-frontend/dist/govuk/components/radios/radios.mjs";
import { SkipLink } from "govuk-frontend/dist/govuk/components/skip-link/skip-link.mjs";

// The components refuse to start without this mark on the body.
document.body.classList.add("js-enabled", "govuk-frontend-supported");

function start(Component) {
  const found = document.querySelectorAll(`[data-module="${Component.moduleName}"]`);
  for (const element of found) new Component(element);
}

[Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, Radios, SkipLink].forEach(start);

// "Print this page" is offered only where there is a script to do it.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
