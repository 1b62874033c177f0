// The visitor's page: follows its ticket, and tells of a call by title, icon and, once allowed by a tap, sound and vibration.

import { follow } from "./live.js";

const BUZZ = [500, 200, 500, 200, 500];
const REPEATS = 3; // a call sounds so often, so far apart, unless the page is touched
const APART = 4000;

const page = document.querySelector("[data-stream]");
const icon = document.querySelector("link[rel=icon]");
const heard = document.getElementById("heard");
const usual = icon.href;
let call = page.dataset.call;
let sound = null;
let ringing = 0;

function chime(loud) {
  [659, 523, 784].forEach((pitch, place) => {
    const start = sound.currentTime + place * 0.35;
    const tone = sound.createOscillator();
    const level = sound.createGain();
    tone.frequency.value = pitch;
    level.gain.setValueAtTime(0.0001, start);
    level.gain.exponentialRampToValueAtTime(loud, start + 0.03);
    level.gain.exponentialRampToValueAtTime(0.0001, start + 0.6);
    tone.connect(level).connect(sound.destination);
    tone.start(start);
    tone.stop(start + 0.65);
  });
}

function quiet() {
  clearTimeout(ringing);
  if (navigator.vibrate && sound) navigator.vibrate(0);
}

function ring(left = REPEATS) {
  clearTimeout(ringing);
  if (!sound || !left) return;
  if (sound.state === "suspended") sound.resume();
  chime(0.5);
  if (navigator.vibrate) navigator.vibrate(BUZZ);
  ringing = setTimeout(ring, APART, left - 1);
}

async function stayAwake() {
  try {
    await navigator.wakeLock?.request("screen");
  } catch {
    // The phone saves its battery: it may go dark, as the page says.
  }
}

function offer() {
  const key = document.getElementById("alert-key");
  const note = document.getElementById("alert-note");
  if (!key || !window.AudioContext) return;
  key.parentElement.hidden = false;
  key.addEventListener("click", () => {
    if (sound) {
      quiet();
      sound.close();
      sound = null;
    } else {
      sound = new AudioContext();
      chime(0.2);
      if (navigator.vibrate) navigator.vibrate(200);
      stayAwake();
    }
    key.setAttribute("aria-pressed", String(Boolean(sound)));
    key.textContent = sound ? key.dataset.on : key.dataset.off;
    note.textContent = !sound ? note.dataset.off : navigator.vibrate ? note.dataset.both : note.dataset.sound;
  });
}

function say(how, words) {
  heard.setAttribute("aria-live", how);
  heard.textContent = words;
}

function called(state) {
  document.documentElement.dataset.new = "";
  say("assertive", state.short);
  scrollTo(0, 0);
  ring();
}

function taken(state) {
  const root = document.documentElement;
  document.title = `${state.call ? "" : `${page.dataset.number} · `}${state.short}`;
  root.dataset.state = state.state;
  icon.href = state.state === "called" ? page.dataset.icon : usual;
  const giving = document.getElementById("giving-back");
  if (giving) giving.hidden = !state.returnable;
  const now = String(state.call);
  if (now !== call && state.call) called(state);
  if (!state.call) {
    delete root.dataset.new;
    quiet();
    say("polite", state.short);
  }
  call = now;
}

offer();
if (document.documentElement.dataset.state === "called") icon.href = page.dataset.icon;
document.addEventListener("pointerdown", quiet, { capture: true });
document.addEventListener("visibilitychange", () => {
  if (sound && document.visibilityState === "visible") stayAwake();
});
follow(page.dataset.stream, page.dataset.at, taken);
