// The visitor's page: follows its ticket, and says in the title and by a buzz that it was called.

import { follow } from "./live.js";

const page = document.querySelector("[data-stream]");
let before = document.querySelector(".ticket").classList[1];

follow(page.dataset.stream, page.dataset.at, (state) => {
  if (state.state === "called" && before !== "called" && navigator.vibrate) navigator.vibrate([400, 200, 400]);
  before = state.state;
});
