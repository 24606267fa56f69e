// Adds rows to a form and takes them away without asking the server. The page works without
// it: then the same buttons send the form, which comes back with a row more or less.
for (const group of document.querySelectorAll("[data-rows]")) {
  const blank = group.querySelector("template");
  const rows = () => group.querySelectorAll(":scope > [data-row]");
  const count = () => rows().forEach((row, n) => {
    row.querySelector("[data-number]").textContent = n + 1;
  });
  group.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    event.preventDefault();
    if (button.name === "add") {
      const keys = [...rows()].map((row) => Number(row.querySelector("input[type=hidden]").value));
      const key = Math.max(-1, ...keys) + 1;
      const made = blank.content.cloneNode(true).firstElementChild;
      // What stands in the page already is copied, and nobody's words are in it.
      made.innerHTML = made.innerHTML.replaceAll("KEY", key);
      blank.before(made);
      made.querySelector("input:not([type=hidden])").focus();
    } else {
      const row = button.closest("[data-row]");
      row.remove();
      group.querySelector("button[name=add]").focus();
    }
    count();
  });
}
