// What waits to be sent from this device? Kept until the server has it: over a lost line, another app,
// a flat battery. Sent in parts by tus 1.0, small ones at first; to announce a file again tells where it
// stopped. Each entry belongs to the account that made it: phones are shared.
import { forget, keep, kept } from "./kept.js";

const NAME = "kompeten-kiriman";
const LONGEST = 30_000;
const FIRST = 8 * 1024; // bytes of a part
const LEAST = 4 * 1024;
const MOST = 256 * 1024;
const AIM = 2.5; // seconds that a part should take
const SLOW = 4000; // bytes a second, before anything is known of the line
const PATIENCE = 8000;
const TUS = "1.0.0";

class Outbox {
  // `who` is the account; `token()` gives the page's proof against forgery; `tell(entry)` hears of each
  // change: its `state` is "waiting", "arrived" or "refused", its `trouble` "offline", "login" or "".
  constructor({ who, token, tell }) {
    Object.assign(this, { who, token, tell, failures: 0, size: FIRST, rate: SLOW, asked: false });
    this.memory = new Map(); // of a device that keeps nothing
    this.under = new Map(); // way: {at, url, offset} by key
    this.channel = new BroadcastChannel(NAME);
    // Where the account has left on another page, nothing of it stays on this one.
    this.channel.onmessage = ({ data }) => data.who === who && (data.state === "left" ? location.reload() : tell(data));
    for (const event of ["online", "pageshow"]) window.addEventListener(event, () => this.poke());
    document.addEventListener("visibilitychange", () => document.hidden || this.poke());
  }

  static can() {
    return Boolean(globalThis.crypto?.subtle && globalThis.indexedDB && globalThis.BroadcastChannel && globalThis.HTMLDialogElement && globalThis.createImageBitmap && AbortSignal.timeout);
  }

  // Takes a file {key, address, name, bytes} and begins to send it; it takes the place of one of the
  // same key. Resolves with whether it is safe from a reboot.
  async put({ key, address, name, bytes }) {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
    const entry = { key, who: this.who, address, name, bytes, sha256, size: bytes.length, state: "waiting", reasons: [], at: Date.now() };
    this.#abandon(key);
    const isSafe = await keep(entry).then(() => true, () => false);
    if (isSafe) this.memory.delete(key);
    else this.memory.set(key, entry);
    navigator.storage?.persist?.();
    this.#say(entry);
    this.poke();
    return isSafe;
  }

  async entries() {
    const held = await kept().catch(() => []);
    return [...held.filter(({ key }) => !this.memory.has(key)), ...this.memory.values()].filter(({ who }) => who === this.who);
  }

  async drop(entry) {
    this.#abandon(entry.key);
    await this.#forget(entry);
    this.asked = true;
  }

  // Something may be better now, or new: do not wait any longer.
  poke() {
    this.asked = true;
    this.wake?.();
    this.running ??= this.#alone().finally(() => {
      this.running = null;
      if (this.asked) this.poke();
    });
    return this.running;
  }

  // One page at a time sends; another one takes over when it is closed.
  #alone() {
    return navigator.locks ? navigator.locks.request(NAME, () => this.#run()) : this.#run();
  }

  async #run() {
    for (;;) {
      this.asked = false;
      const waiting = (await this.entries()).filter(({ state }) => state === "waiting");
      if (!waiting.length) return;
      // What fails does not stand in the way of the others.
      const entry = waiting[this.failures % waiting.length];
      let wait = 0;
      while (wait === 0 && entry.state === "waiting" && !this.asked) wait = await this.#step(entry);
      if (wait && !this.asked) await this.#pause(wait);
    }
  }

  #pause(milliseconds) {
    return new Promise((done) => {
      this.wake = done;
      setTimeout(done, milliseconds);
    }).finally(() => { this.wake = null; });
  }

  // One exchange about an entry. Returns how long to wait before the next one.
  async #step(entry) {
    const way = this.under.get(entry.key);
    let answer;
    try {
      answer = await (way?.at === entry.at ? this.#part(entry, way) : this.#announce(entry));
    } catch {
      // No line, or no answer in time: small parts come through where large ones do not.
      this.size = Math.max(LEAST, this.size / 2);
      return this.#backOff("offline", entry);
    }
    return this.#heard(entry, answer);
  }

  async #heard(entry, { offset, status, reasons, after }) {
    if (offset !== null) {
      const way = this.under.get(entry.key);
      if (way?.at === entry.at) way.offset = offset;
      if (offset >= entry.size) await this.#end(entry, "arrived");
      else this.#say(entry);
      this.failures = 0;
      return 0;
    }
    if ([404, 410, 460].includes(status)) {
      // It is gone there, or came otherwise than it went: from the beginning, by and by.
      if (!this.under.delete(entry.key) && status === 404) return this.#end(entry, "refused");
    }
    if (status === 422) return this.#end(entry, "refused", reasons);
    return this.#backOff({ 0: "login", 403: "login", 429: "spent" }[status] ?? "offline", entry, after);
  }

  async #announce(entry) {
    const said = { filename: entry.name, sha256: entry.sha256 };
    const answer = await send("POST", entry.address, { token: this.token(), length: entry.size, said });
    if (answer.isDone) this.under.set(entry.key, { at: entry.at, url: answer.place, offset: answer.offset });
    return answer;
  }

  async #part(entry, { url, offset }) {
    const size = Math.min(this.size, entry.size - offset);
    const part = entry.bytes.slice(offset, offset + size);
    const began = performance.now();
    const patience = PATIENCE + (4000 * size) / this.rate;
    const answer = await send("PATCH", url, { token: this.token(), offset, part, patience });
    if (answer.isDone) {
      this.rate = (size * 1000) / Math.max(1, performance.now() - began);
      this.size = Math.round(Math.max(LEAST, Math.min(MOST, 2 * size, this.rate * AIM)));
    }
    return answer;
  }

  async #end(entry, state, reasons = []) {
    Object.assign(entry, { state, reasons });
    this.under.delete(entry.key);
    if (state === "arrived") await this.#forget(entry);
    else {
      entry.bytes = new Uint8Array();
      await keep(entry, entry.at).catch(() => this.memory.set(entry.key, entry));
    }
    this.#say(entry);
    return 0;
  }

  async #forget(entry) {
    if (this.memory.get(entry.key)?.at === entry.at) this.memory.delete(entry.key);
    await forget(entry).catch(() => {});
  }

  // An older file of the same key is on its way: the server need not keep what it has of it.
  #abandon(key) {
    const way = this.under.get(key);
    this.under.delete(key);
    if (way) send("DELETE", way.url, { token: this.token() }).catch(() => {});
  }

  #backOff(trouble, entry, after = 0) {
    this.failures += 1;
    this.#say(entry, trouble);
    // Full jitter: when the line comes back to a hall, not everybody begins at once.
    return 300 + after + Math.random() * Math.min(LONGEST, 500 * 2 ** Math.min(this.failures, 8));
  }

  #say({ bytes, ...entry }, trouble = "") {
    const said = { ...entry, trouble, offset: this.under.get(entry.key)?.offset ?? 0 };
    this.tell(said);
    this.channel.postMessage(said);
  }
}

// Goes on sending what waits on this device, from any page that is open, and says so there: `place`
// carries the account and the words; `tell(entry)` hears of each change. Returns the outbox, or null
// where the browser cannot keep one.
export function begin(place, tell) {
  if (!Outbox.can()) return null;
  const token = () => JSON.parse(document.body.getAttribute("hx-headers"))["x-csrftoken"];
  const box = new Outbox({ who: place.dataset.who, token, tell });
  box.poke();
  return box;
}

export function kilobytes(bytes) {
  return Math.ceil(bytes / 1000).toLocaleString(document.documentElement.lang);
}

// One exchange of tus 1.0 with our server. Resolves with {isDone, status, offset, place, reasons, after};
// status 0 is somebody else's answer, such as the log-in page of a hotel's network.
async function send(method, url, { token, length, said, offset, part, patience = 20_000 }) {
  const headers = { "Tus-Resumable": TUS, "X-CSRFToken": token };
  if (said) Object.assign(headers, { "Upload-Length": length, "Upload-Metadata": metadata(said) });
  if (part) {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", part));
    headers["Content-Type"] = "application/offset+octet-stream";
    headers["Upload-Offset"] = offset;
    headers["Upload-Checksum"] = `sha256 ${base64(digest)}`;
  }
  const answer = await fetch(url, { method, headers, body: part, redirect: "manual", signal: AbortSignal.timeout(patience) });
  const isOurs = answer.headers.get("Tus-Resumable") === TUS;
  const status = isOurs || answer.status >= 400 ? answer.status : 0;
  const place = answer.headers.get("Location");
  const had = answer.headers.get("Upload-Offset");
  return {
    isDone: isOurs && answer.ok && had !== null,
    status,
    offset: had === null ? null : Number(had),
    place,
    reasons: isOurs && status === 422 ? (await answer.json()).reasons : [],
    after: 1000 * (Number(answer.headers.get("Retry-After")) || 0),
  };
}

function metadata(said) {
  return Object.entries(said).map(([key, text]) => `${key} ${base64(new TextEncoder().encode(text))}`).join(",");
}

function base64(bytes) {
  return btoa(String.fromCharCode(...bytes));
}
