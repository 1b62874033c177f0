// The hall's live page. What changes is shown anew whole, so the focus goes back to the same button.

import { follow } from "./live.js";

const page = document.querySelector("[data-stream]");
let held = "";

document.addEventListener("focusin", (event) => {
  held = event.target.id;
});

follow(page.dataset.stream, page.dataset.at, () => {
  if (held && document.activeElement === document.body) document.getElementById(held)?.focus();
});
