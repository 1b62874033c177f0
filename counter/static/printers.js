// The printers' page: as the hall knows them now.

import { follow } from "./live.js";

const page = document.querySelector("[data-stream]");

follow(page.dataset.stream, page.dataset.at, () => {});
