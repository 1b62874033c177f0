// The call-board: whatever the hall says, and plainly when it says nothing more.

import { follow } from "./live.js";

const page = document.querySelector("[data-stream]");

follow(page.dataset.stream, page.dataset.at, () => {});
