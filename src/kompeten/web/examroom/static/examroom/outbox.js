// What was answered and is not yet acknowledged? Kept on the device and sent until the server says it
// is stored. A batch keeps its key over every try, so that sending it twice changes nothing.

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 20000;
const MOST = 100;

export class Outbox {
  // `tell(state)` hears {waiting, sending, saved, late}; `url` and `token` are the server's.
  constructor({ ref, url, token, tell }) {
    this.place = `ujian:${ref}`;
    this.url = url;
    this.token = token;
    this.tell = tell;
    this.wait = FIRST_WAIT;
    this.timer = 0;
    this.sending = false;
    const kept = read(this.place);
    this.batch = kept.batch ?? null;
    this.fresh = kept.fresh ?? [];
  }

  // Answers on this device that the server has not acknowledged, oldest first.
  get pending() {
    return [...(this.batch?.answers ?? []), ...this.fresh];
  }

  put(item, choice) {
    this.fresh = this.fresh.filter((answer) => answer.item !== item);
    this.fresh.push({ item, choice, at: new Date().toISOString() });
    this.keep();
    this.wait = FIRST_WAIT;
    this.send();
  }

  async send() {
    clearTimeout(this.timer);
    if (this.sending || !this.pending.length) return;
    this.sending = true;
    this.batch ??= { key: crypto.randomUUID?.() ?? fallbackKey(), answers: this.fresh.splice(0, MOST) };
    this.keep();
    this.tell({ waiting: this.pending.length, sending: true });
    const answer = await this.post();
    this.sending = false;
    if (answer === null) return this.again();
    this.batch = null;
    this.wait = FIRST_WAIT;
    this.keep();
    this.tell({ waiting: this.pending.length, saved: !answer.late, late: answer.late });
    if (this.pending.length) this.send();
  }

  // Resolves when nothing is pending, or after `patience` milliseconds.
  async empty(patience) {
    const until = performance.now() + patience;
    this.send();
    while (this.pending.length && performance.now() < until) await pause(150);
    return !this.pending.length;
  }

  async post() {
    try {
      const response = await fetch(this.url, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.token },
        body: JSON.stringify(this.batch),
        signal: AbortSignal.timeout?.(15000),
      });
      // 409: handed in or over meanwhile; the server has kept what came in time and wants no more.
      if (response.status === 409) return { late: true };
      return response.ok ? await response.json() : null;
    } catch {
      return null;
    }
  }

  again() {
    this.tell({ waiting: this.pending.length });
    // Not all at once when the line comes back: between half and all of the wait.
    this.timer = setTimeout(() => this.send(), this.wait * (0.5 + Math.random() / 2));
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
  }

  keep() {
    try {
      if (this.pending.length) {
        localStorage.setItem(this.place, JSON.stringify({ batch: this.batch, fresh: this.fresh }));
      } else {
        localStorage.removeItem(this.place);
      }
    } catch {
      // A full or forbidden store: the answers stay in memory and go on being sent.
    }
  }
}

function read(place) {
  try {
    return JSON.parse(localStorage.getItem(place)) ?? {};
  } catch {
    return {};
  }
}

function fallbackKey() {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(36)).join("");
}

function pause(milliseconds) {
  return new Promise((done) => setTimeout(done, milliseconds));
}
