// The call-board: whatever the hall says, and plainly when it says nothing more.

import { follow } from "./live.js";

const page = document.querySelector("[data-stream]");
const { stale, lost } = page.dataset;
const upright = matchMedia("(orientation: portrait)");

upright.onchange = () => location.reload();

follow(
  `${page.dataset.stream}&upright=${upright.matches}`,
  page.dataset.at,
  (state) => (document.documentElement.lang = state.language),
  { stale: 1000 * stale, lost: 1000 * lost },
);
