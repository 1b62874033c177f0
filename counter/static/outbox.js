// One act on its way to the hall. It is kept, under its own name, until it is known what became of it.

const UNANSWERED = 10000; // milliseconds after which an act counts as not answered
const AGAIN = 3000; // milliseconds after which one that was not answered is sent again, if nothing said so before

/** A name for one press, so that the server does it once however often it arrives. Works without TLS, as randomUUID does not. */
function nameOfPress() {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * The way of acts to `address`. `told(what, act)` says "sending", "kept" when there is no answer, "over" when the way is
 * free again. What is kept outlives a reload of the tab.
 */
export function outbox(address, place, csrf, told) {
  const shelf = `antrean-act-${place}`;
  let held = null;
  let sending = false;
  let timer = 0;

  function keep(act) {
    held = act;
    try {
      if (act) sessionStorage.setItem(shelf, JSON.stringify(act));
      else sessionStorage.removeItem(shelf);
    } catch {
      // A browser that keeps nothing for us: then the act lives as long as the page.
    }
  }

  async function send() {
    clearTimeout(timer);
    if (!held || sending) return;
    const act = held;
    const stop = new AbortController();
    const patience = setTimeout(() => stop.abort(), UNANSWERED);
    sending = true;
    told("sending", act);
    try {
      const response = await fetch(`${address}/${act.act}`, {
        method: "POST",
        headers: { Accept: "application/json" },
        body: new URLSearchParams({ ...act.fields, csrf, request_id: act.id }),
        signal: stop.signal,
      });
      if (response.status === 401) {
        keep(null);
        return location.reload();
      }
      const answer = await response.json();
      if (response.status >= 500 && answer.done !== false) throw new Error("unanswered");
      if (held !== act) return; // it was given up meanwhile
      keep(null);
      told("over", act);
      act.answered?.({ done: response.ok, waited: act.waited, ...answer });
    } catch {
      if (held !== act) return;
      act.waited = true;
      keep(act);
      told("kept", act);
      timer = setTimeout(send, AGAIN);
    } finally {
      clearTimeout(patience);
      sending = false;
    }
  }

  addEventListener("online", send);

  return {
    /** Send an act, unless another one is on its way. Resolves to what came of it, or null when it was given up. */
    press(act, label, fields) {
      if (held) return Promise.resolve(null);
      return new Promise((answered) => {
        keep({ act, label, fields, id: nameOfPress(), answered });
        send();
      });
    },
    /** Send again what was kept: something has been heard of the hall. */
    again() {
      if (held?.waited && !sending) send();
    },
    /** Take up what an earlier page of this tab has kept; `answered` hears what came of it. */
    resume(answered) {
      try {
        const found = JSON.parse(sessionStorage.getItem(shelf) ?? "null");
        if (!found) return;
        held = { ...found, waited: true, answered: (answer) => answered(answer, found) };
        send();
      } catch {
        keep(null);
      }
    },
    /** Do not send what is kept. */
    drop() {
      const act = held;
      if (!act?.waited) return;
      clearTimeout(timer);
      keep(null);
      told("over", act);
      act.answered?.(null);
    },
    get busy() {
      return held !== null;
    },
    get kept() {
      return held?.waited ?? false;
    },
  };
}
