// Improves the desk's pages, which all work without it. No library, nothing inline.
"use strict";

const typing = (at) => at.closest("input:not([type=checkbox]):not([type=radio]), select, textarea, [contenteditable]");
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const text = (element) => (element.dataset.keyWords || element.textContent).replace(/\s+/g, " ").trim();

for (const element of all("[data-script-only], [data-paper-tools]")) element.hidden = false;

// Keys for one hand. They do nothing while somebody types, and can be turned off.
const KEYS_OFF = "desk-keys-off";
const areOn = () => localStorage.getItem(KEYS_OFF) !== "yes";
const keyed = () => all("[data-key]").filter((one) => one.offsetParent !== null);
function mark() {
  for (const one of all("[data-key]")) {
    if (areOn()) one.setAttribute("aria-keyshortcuts", one.dataset.key);
    else one.removeAttribute("aria-keyshortcuts");
  }
  document.documentElement.classList.toggle("desk-keys", areOn());
}
mark();

function openKeys() {
  const box = document.getElementById("desk-keys");
  if (!box) return;
  const list = box.querySelector("dl");
  list.replaceChildren();
  for (const one of keyed()) {
    const row = document.createElement("div");
    const key = document.createElement("dt");
    const words = document.createElement("dd");
    key.textContent = one.dataset.key;
    words.textContent = text(one);
    row.append(key, words);
    list.append(row);
  }
  const off = box.querySelector("input");
  off.checked = areOn();
  off.onchange = () => {
    localStorage.setItem(KEYS_OFF, off.checked ? "no" : "yes");
    mark();
  };
  box.showModal();
}
for (const one of all("[data-open-keys]")) {
  one.hidden = false;
  one.addEventListener("click", openKeys);
}
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  if (event.key === "?" && areOn()) {
    event.preventDefault();
    openKeys();
  }
  const found = areOn() && keyed().find((one) => one.dataset.key === event.key);
  if (!found) return;
  event.preventDefault();
  if (found.matches("input, select, textarea")) found.focus();
  else found.click();
});

// A long part of a page is read when it is opened. Its summary is followed by a link to
// the same part, which is all there is without a script.
const parsed = (words) => new DOMParser().parseFromString(words, "text/html");
async function pageAt(url, options = {}) {
  const answer = await fetch(url, { headers: { Accept: "text/html" }, ...options });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return parsed(await answer.text());
}
async function fill(part) {
  if (!part.open || part.dataset.read) return;
  part.dataset.read = "yes";
  const place = part.querySelector("[data-here]");
  place.setAttribute("aria-busy", "true");
  try {
    const page = await pageAt(part.dataset.load);
    place.replaceChildren(...page.getElementById(part.dataset.part).childNodes);
  } catch {
    delete part.dataset.read;
  }
  place.removeAttribute("aria-busy");
}
for (const part of all("details[data-load]")) {
  part.addEventListener("toggle", () => fill(part));
  if (window.location.hash === `#${part.id}`) part.open = true;
}

// What a field may be filled with is asked for while somebody types: a few of very many.
const ASK_AFTER = 200;
for (const field of all("input[data-options]")) {
  const list = document.createElement("datalist");
  list.id = `${field.id}_options`;
  field.after(list);
  field.setAttribute("list", list.id);
  let waiting;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    const typed = field.value;
    waiting = setTimeout(async () => {
      try {
        const page = await pageAt(`${field.dataset.options}?q=${encodeURIComponent(typed)}`);
        if (field.value === typed) list.replaceChildren(...page.querySelectorAll("option"));
      } catch {
        // What is typed is looked up when it is sent.
      }
    }, ASK_AFTER);
  });
}

// What a worker still makes is asked for again until it is there, and then shown.
const LOOK_AGAIN_AFTER = 1200;
async function lookAgain(name) {
  try {
    const now = (await pageAt(window.location.href)).getElementById(name);
    const here = document.getElementById(name);
    if (now && here && !now.querySelector("[data-look-again]")) {
      here.replaceChildren(...now.childNodes);
      return prepare(here);
    }
  } catch {
    // The link still stands there.
  }
  return setTimeout(() => lookAgain(name), LOOK_AGAIN_AFTER);
}

// A form on paper beside its answers.
function paperOf(within) {
  const pages = within.querySelector(".desk-key__pages");
  if (!pages) return;
  for (const tools of all("[data-paper-tools]", within)) tools.hidden = false;
  const shown = all("img", pages);
  const acts = {
    next() {
      const below = shown.find((one) => one.offsetTop - pages.offsetTop > pages.scrollTop + 5);
      pages.scrollTo({ top: below ? below.offsetTop - pages.offsetTop : 0 });
    },
    larger(button) {
      const isLarger = pages.classList.toggle("is-larger");
      button.setAttribute("aria-pressed", String(isLarger));
    },
    turn() {
      const turns = (Number(pages.dataset.turns || 0) + 1) % 4;
      pages.dataset.turns = String(turns);
    },
  };
  for (const button of all("[data-paper]", within)) button.onclick = () => acts[button.dataset.paper](button);
}

function prepare(within) {
  for (const one of all("[data-look-again]", within)) setTimeout(() => lookAgain(one.dataset.lookAgain), LOOK_AGAIN_AFTER);
  paperOf(within);
}
prepare(document);

// Keys with Alt work while somebody types: to a section, to what is missing, to a page.
document.addEventListener("keydown", (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey) return;
  const part = /^[1-9]$/.test(event.key) && document.getElementById(`part-${event.key}`);
  const missing = event.key === "m" && document.querySelector("[data-missing]");
  const button = all("[data-alt]").find((one) => one.dataset.alt === event.key);
  const place = missing && document.getElementById(missing.hash.slice(1));
  const field = place || (part && part.querySelector("input, select, textarea"));
  if (!field && !button) return;
  event.preventDefault();
  if (button) button.click();
  else (field.matches("div") ? field.querySelector("input") : field).focus();
});

// A draft is kept as it is typed. What the answer says of it takes the place of what
// stood there; what is being typed is left alone.
const KEEP_AFTER = 2500;
for (const form of all("form[data-keep]")) {
  let waiting = 0;
  let isSending = false;
  const state = document.getElementById("keep-state");
  const keep = async () => {
    if (isSending) {
      waiting = setTimeout(keep, KEEP_AFTER);
      return;
    }
    isSending = true;
    const sent = new FormData(form);
    sent.append("quiet", "yes");
    try {
      const page = await pageAt(window.location.href, { method: "POST", body: sent });
      const now = page.getElementById("keep-state");
      if (now) state.replaceChildren(...now.childNodes);
      for (const field of all(".desk-field", form)) {
        const twin = field.id && page.getElementById(field.id);
        const isNeeded = twin && !twin.contains(document.activeElement);
        if (isNeeded) field.classList.toggle("desk-field--error", twin.classList.contains("desk-field--error"));
      }
    } catch {
      state.querySelector("p").textContent = "It could not be saved just now. What you typed is still here.";
    }
    isSending = false;
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, KEEP_AFTER);
  });
  form.addEventListener("submit", () => clearTimeout(waiting));
}

// What a quotation comes to, and whether it keeps to the indicative range, while its
// amounts are typed. What counts is worked out again when it is saved.
const pence = (words) => Math.round(Number(words.replace(/[£,\s]/g, "")) * 100) || 0;
const inPounds = (amount) => (amount / 100).toLocaleString("en-GB", { style: "currency", currency: "GBP" });
function beyond(name, amount, range) {
  if (!range || !amount) return "";
  const [least, most] = range.split(" ").map(pence);
  if (amount >= least && amount <= most) return "";
  return `${name} is outside the indicative range of ${inPounds(least)} to ${inPounds(most)}: say why in the note.`;
}
for (const box of all("[data-total]")) {
  const value = (name) => {
    const field = box.querySelector(`[name="${name}"]`);
    return field ? field.value : "";
  };
  const add = () => {
    const years = Number(box.dataset.years);
    const connection = pence(value("connection_net"));
    const annual = pence(value("annual_net"));
    let total = connection + annual * years + pence(value("new_line_net"));
    for (const kind of all("select[name$=_kind]", box)) {
      if (kind.value) total += pence(value(kind.name.replace("_kind", "_net"))) * (kind.value === "annual" ? years : 1);
    }
    document.getElementById("quote-total").textContent = inPounds(total);
    const range = document.getElementById("quote-range");
    const found = [beyond("The connection charge", connection, box.dataset.connection), beyond("The annual charge", annual, box.dataset.annual)];
    const words = found.filter(Boolean).join(" ");
    if (range.textContent !== words) range.textContent = words;
    range.classList.toggle("is-outside", Boolean(words));
  };
  box.addEventListener("input", add);
  add();
}
