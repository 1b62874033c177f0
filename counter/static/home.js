// The hall's page: as the hall is now.

import { follow } from "./live.js";

follow(document.querySelector("[data-stream]").dataset.stream, "", () => {});
