// Keeps a page as the hall is now: one event stream, each message the whole state. Shows plainly when the line is broken.

const SILENCE = 25000; // two and a half beats of the server (streams.py): then the line is dead, whatever the browser thinks
const RETRY = 2000; // after an answer that was no stream, which a browser does not try again by itself
const TICK = 1000;
const AGAIN = 10000; // how often the age of what is shown is said anew

const health = document.getElementById("health");
const known = new Map();
let latest = -1;

/** Show a state, unless a newer one is shown already: the answer to an act and the stream may overtake each other. */
export function show(state) {
  if (state.sequence < latest) return false;
  latest = state.sequence;
  const focused = document.activeElement?.id;
  for (const [name, html] of Object.entries(state.regions)) {
    if (known.get(name) === html) continue;
    known.set(name, html);
    document.getElementById(name).innerHTML = html;
  }
  // What has the focus keeps it, though its part of the page was drawn anew.
  if (focused && document.activeElement?.id !== focused) document.getElementById(focused)?.focus();
  if (state.title) document.title = state.title;
  return true;
}

/**
 * Follow a stream for as long as the page is open. `shown` is called after each state that was taken. The page is `stale`
 * after so many milliseconds without a state, or at once when one fails, and `lost` after so many without one.
 */
export function follow(address, at, shown, { stale = SILENCE, lost = 0 } = {}) {
  let source;
  let silence;
  let doubting;
  let last = "";
  let heard = Date.now();
  let ticked = heard;
  let ended = false;

  function tell(state, words) {
    document.documentElement.dataset.health = state;
    if (health.textContent !== words) health.textContent = words;
  }

  /** How long ago that was, in the page's language. */
  function age() {
    const seconds = Math.max(0, Math.round((Date.now() - heard) / 1000));
    const words = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto" });
    return seconds < 60 ? words.format(-seconds, "second") : words.format(-Math.round(seconds / 60), "minute");
  }

  function doubt() {
    const left = lost - (Date.now() - heard);
    tell(left > 0 ? "stale" : "lost", health.dataset.lost.replace("{time}", at).replace("{age}", age()));
    clearTimeout(doubting);
    doubting = setTimeout(doubt, left > 0 ? left : AGAIN);
  }

  function listen() {
    clearTimeout(silence);
    silence = setTimeout(again, Math.max(stale, lost));
  }

  function rest() {
    ended = true;
    clearTimeout(silence);
    clearTimeout(doubting);
    source.close();
  }

  function again() {
    doubt();
    source.close();
    open();
  }

  function open() {
    const from = new URL(address, location);
    if (last) from.searchParams.set("known", last); // a new source does not say by itself what the old one heard
    source = new EventSource(from);
    listen();
    source.onopen = () => {
      latest = -1; // a hall put back from a backup counts from an earlier number
    };
    source.onmessage = (event) => {
      listen();
      clearTimeout(doubting);
      doubting = setTimeout(doubt, stale);
      heard = Date.now();
      last = event.lastEventId;
      const state = JSON.parse(event.data);
      at = state.at;
      tell("live", health.dataset.live);
      if (state.regions && show(state)) shown(state); // else a beat: all is as it was
    };
    source.onerror = () => {
      doubt();
      if (source.readyState !== EventSource.CLOSED) return;
      clearTimeout(silence);
      silence = setTimeout(again, RETRY);
    };
    source.addEventListener("fault", () => {
      listen();
      doubt();
    });
    source.addEventListener("over", () => {
      rest();
      tell("over", "");
    });
    source.addEventListener("gone", () => {
      rest();
      location.reload();
    });
  }

  // A browser that knows there is no network says so long before the line falls silent.
  addEventListener("offline", doubt);

  /** The line is back, or the phone awake again: find out now, not at the next beat. */
  function awake() {
    if (!ended && document.visibilityState === "visible" && source.readyState !== EventSource.OPEN) again();
  }

  /** While a machine sleeps its timers stand still, and the silence is not counted: a gap between two ticks tells of it. */
  function tick() {
    const now = Date.now();
    if (!ended && now - ticked > stale && now - heard > stale) again();
    ticked = now;
  }

  open();
  setInterval(tick, TICK);
  addEventListener("online", awake);
  document.addEventListener("visibilitychange", awake);
}
