// Digits and signs as keys, and the switch that turns them off: who speaks to the computer, or leans on it, types them unmeant.

const SHELF = "antrean-single-keys";

const toggle = document.getElementById("singles");
const note = document.getElementById("singles-note");

/** Whether keys of a single character are keys of the console. */
export const singles = () => toggle.getAttribute("aria-checked") === "true";

/** Whether a key is one of those; the space bar presses what has the focus. */
export const single = (name) => name.length === 1 && name !== " ";

function dress(on) {
  toggle.setAttribute("aria-checked", on);
  note.textContent = on ? "" : note.dataset.off;
  document.body.classList.toggle("without-singles", !on);
  for (const button of document.querySelectorAll("[data-shortcut]")) {
    if (on || !single(button.dataset.shortcut)) button.setAttribute("aria-keyshortcuts", button.dataset.shortcut);
    else button.removeAttribute("aria-keyshortcuts");
  }
}

function kept() {
  try {
    return localStorage.getItem(SHELF) !== "off";
  } catch {
    return true; // a browser that keeps nothing for us: the switch then lives as long as the page
  }
}

toggle.addEventListener("click", () => {
  dress(!singles());
  try {
    localStorage.setItem(SHELF, singles() ? "on" : "off");
  } catch {
    // As above.
  }
});
addEventListener("storage", (event) => {
  if (event.key === SHELF) dress(kept());
});

dress(kept());
