// The staff console: one press, one act. Which acts are possible is the server's word; here they only get keys.

import { complain, filled, open, opened, typing } from "./dialogs.js";
import { single, singles } from "./keys.js";
import { follow, show } from "./live.js";
import { outbox } from "./outbox.js";

const DOUBLE = 1000; // milliseconds in which a second press on Next is the same press: a nervous finger, not a wish
const PAD = { NumpadEnter: "Enter", NumpadAdd: "+", NumpadSubtract: "-", NumpadMultiply: "*", NumpadDivide: "/", NumpadDecimal: "." };

const page = document.querySelector("[data-stream]");
const said = document.getElementById("said");
const buttons = [...document.querySelectorAll("[data-key]")];
let facts = JSON.parse(page.dataset.facts);
let ahead = facts.now - Date.now(); // how far the hall's clock is ahead of this PC's
let called = -DOUBLE; // when Next was last done

const acts = outbox("/console", page.dataset.counter, page.dataset.csrf, (what, act) => {
  document.body.setAttribute("aria-busy", what !== "over");
  document.body.classList.toggle("kept", what !== "over" && Boolean(act.waited));
  if (what === "kept") tell(page.dataset.kept.replace("{act}", act.label), "kept");
});

const possible = (act) => facts.acts.includes(act);
const primary = () => document.getElementById(possible("next") ? "next" : "continue");

function dress() {
  for (const button of document.querySelectorAll("[data-act]:not(dialog)")) {
    const act = button.dataset.act;
    button.disabled = !possible(act);
    if (["next", "continue", "pause"].includes(button.id)) button.hidden = !possible(act);
  }
  tick();
}

function tick() {
  const now = Date.now() + ahead;
  for (const clock of document.querySelectorAll("time[data-since]")) {
    const seconds = Math.max(0, Math.floor((now - Number(clock.dataset.since)) / 1000));
    clock.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }
  for (const bar of document.querySelectorAll("progress[data-since]")) {
    const seconds = Math.max(0, (now - Number(bar.dataset.since)) / 1000);
    bar.value = Math.min(bar.max, seconds);
    bar.parentElement.classList.toggle("over", seconds > bar.max);
  }
  for (const cell of document.querySelectorAll("[data-minutes]")) {
    cell.textContent = Math.max(0, Math.floor((now - Number(cell.dataset.minutes)) / 60000));
  }
}

function tell(words, kind = "") {
  said.textContent = words;
  said.dataset.kind = kind;
}

function take(state) {
  facts = state;
  ahead = state.now - Date.now();
  dress();
}

/** What came of an act. True when it was done. */
function hear(answer, act, label) {
  if (answer === null) {
    tell(page.dataset.dropped.replace("{act}", label), "kept");
  } else {
    tell(answer.said || (answer.waited && answer.done ? page.dataset.done.replace("{act}", label) : ""), answer.done ? "good" : "");
    if (answer.state && show(answer.state)) take(answer.state);
    if (act === "next" && answer.done) called = performance.now();
  }
  rest();
  return Boolean(answer?.done);
}

/** Enter means Next again, whatever was pressed before. */
function rest() {
  if (!opened()) primary().focus();
}

async function press(act, label, fields = {}, dialog = null) {
  if (acts.busy || !possible(act)) return;
  if (act === "next" && performance.now() - called < DOUBLE) return;
  const sent = acts.press(act, label, { ticket: facts.ticket, pressed: Date.now() + ahead, ...fields });
  if (dialog) {
    // A dialogue stays until the answer, so that a refusal can be put right in it; without an answer it makes way.
    const answer = await Promise.race([sent, new Promise((late) => setTimeout(late, DOUBLE))]);
    if (answer && !answer.done) return complain(dialog, answer.said);
    dialog.close();
  }
  hear(await sent, act, label);
}

function pushed(button) {
  const { act, dialog, parked, absent } = button.dataset;
  const label = button.firstElementChild?.textContent ?? button.textContent;
  if (!possible(act) || acts.busy) return;
  if (dialog) return open(document.getElementById(dialog), facts.number);
  if (act === "resume" && !parked) return document.querySelector("[data-parked]")?.focus();
  if (act === "readmit" && !absent) return document.querySelector("[data-absent]")?.focus();
  press(act, label, { ...(parked && { parked }), ...(absent && { absent }) });
}

/** The name of a key, the same on a keypad, on the row above the letters, and on every national keyboard. */
function nameOf(event) {
  const digit = /^(?:Numpad|Digit)(\d)$/.exec(event.code)?.[1];
  if (PAD[event.code]) return PAD[event.code];
  if (digit && (event.code.startsWith("N") || !event.shiftKey)) return digit;
  return event.key === "," ? "." : event.key;
}

document.addEventListener("click", (event) => {
  const closing = event.target.closest("[data-close]");
  if (closing) return closing.closest("dialog").close();
  const button = event.target.closest("[data-act]:not(dialog)");
  if (button) pushed(button);
  if (event.detail && event.target.closest("#singles")) rest(); // who has a mouse in hand presses Enter for Next after it
});

document.addEventListener("submit", (event) => {
  const dialog = event.target.closest("dialog");
  if (!dialog || event.target.method === "post") return;
  event.preventDefault();
  const fields = filled(event.target, event.submitter);
  const label = document.getElementById(dialog.dataset.act).firstElementChild.textContent;
  if (fields) press(dialog.dataset.act, label, fields, dialog);
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  const name = nameOf(event);
  const dialog = opened();
  if (name === "Escape" && !dialog) return acts.drop();
  if (typing(event.target) || (single(name) && !singles())) return;
  if (dialog) {
    const choice = dialog.querySelector(`[data-choice="${CSS.escape(name)}"]`);
    if (choice && !event.repeat) choice.click();
    return;
  }
  const own = event.target.closest("button, a"); // Enter presses what has the focus
  const button = name === "Enter" ? (own ? null : primary()) : buttons.find((one) => !one.hidden && one.dataset.key.split(" ").includes(name));
  if (event.repeat && (button || name === "Enter" || name === " ")) return event.preventDefault(); // a key held down is one press
  if (!button) return;
  event.preventDefault();
  if (!button.disabled) button.click();
});

for (const dialog of document.querySelectorAll("dialog")) dialog.addEventListener("close", rest);

dress();
rest();
setInterval(tick, 1000);
acts.resume((answer, act) => hear(answer, act.act, act.label));
follow(page.dataset.stream, facts.at, (state) => {
  take(state);
  acts.again();
});
