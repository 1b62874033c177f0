// The call-board: whatever the hall says, and plainly when it says nothing more.

import { follow } from "./live.js";

const page = document.querySelector("[data-stream]");

const { stale, lost } = page.dataset;

follow(page.dataset.stream, page.dataset.at, () => {}, { stale: 1000 * stale, lost: 1000 * lost });
