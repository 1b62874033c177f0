// The staff console: one press, one act. Which acts are possible is the server's word; here they only get keys.

import { follow, show } from "./live.js";

const UNANSWERED = 10000; // milliseconds after which an act counts as not answered
const DOUBLE = 1000; // milliseconds in which a second press on Next is the same press: a nervous finger, not a wish

const page = document.querySelector("[data-stream]");
const said = document.getElementById("said");
const reasons = document.getElementById("reasons");
let facts = JSON.parse(page.dataset.facts);
let ahead = facts.now - Date.now(); // how far the hall's clock is ahead of this PC's
let busy = false;
let held = false;

const possible = (act) => facts.acts.includes(act);
const primary = () => document.getElementById(possible("next") ? "next" : "continue");

function dress() {
  for (const button of document.querySelectorAll("[data-act]")) {
    const act = button.dataset.act;
    button.disabled = busy || !possible(act) || (act === "next" && held);
    if (["next", "continue", "pause"].includes(button.id)) button.hidden = !possible(act);
  }
  document.body.setAttribute("aria-busy", busy);
  tick();
}

function tick() {
  for (const clock of document.querySelectorAll("[data-since]")) {
    const seconds = Math.max(0, Math.floor((Date.now() + ahead - Number(clock.dataset.since)) / 1000));
    clock.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }
}

function tell(words) {
  said.textContent = words;
}

function take(state) {
  facts = state;
  ahead = state.now - Date.now();
  dress();
}

/** A name for one press, so that the server does it once however often it arrives. Works without TLS, as randomUUID does not. */
function nameOfPress() {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function press(act, more = {}) {
  if (busy || !possible(act) || (act === "next" && held)) return;
  busy = true;
  dress();
  const stop = new AbortController();
  const late = setTimeout(() => stop.abort(), UNANSWERED);
  try {
    const response = await fetch(`/console/${act}`, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new URLSearchParams({ csrf: page.dataset.csrf, ticket: facts.ticket, request_id: nameOfPress(), ...more }),
      signal: stop.signal,
    });
    if (response.status === 401) return location.reload();
    const answer = await response.json();
    tell(answer.said);
    if (answer.state && show(answer.state)) take(answer.state);
    if (act === "next" && response.ok) hold();
  } catch {
    tell(page.dataset.unanswered);
  } finally {
    clearTimeout(late);
    busy = false;
    dress();
    primary().focus(); // so that Enter means Next again, whatever was pressed before
  }
}

function hold() {
  held = true;
  setTimeout(() => {
    held = false;
    dress();
    if (document.activeElement === document.body) primary().focus();
  }, DOUBLE);
}

function choose(act, button) {
  if (act === "pause" && !button.dataset.reason) {
    if (possible("pause") && !busy) reasons.showModal();
    return;
  }
  reasons.close();
  const { reason, parked } = button.dataset;
  press(act, { ...(reason && { reason }), ...(parked && { parked }) });
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-act]");
  if (button) choose(button.dataset.act, button);
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const button = reasons.open
    ? reasons.querySelectorAll("[data-reason]")[Number(key) - 1]
    : key === "N"
      ? document.getElementById("next")
      : key === "Enter"
        ? event.target.closest("button, a") === null && primary()
        : [...document.querySelectorAll(".act:not([hidden])")].find((one) => one.querySelector("kbd").textContent === key);
  if (event.repeat && (button || key === "Enter" || key === " ")) return event.preventDefault(); // a key held down is one press
  if (!button) return;
  event.preventDefault();
  choose(button.dataset.act, button);
});

reasons.addEventListener("close", () => primary().focus());

dress();
primary().focus();
setInterval(tick, 1000);
follow(page.dataset.stream, facts.at, (state) => {
  take(state);
  if (said.textContent === page.dataset.unanswered) tell(""); // what is shown is the truth again
});
