// Two independent places on the device, so that neither the loss nor the damage of one takes a line.
// What is to be kept is held in memory too: a place that failed is filled up again when it works.
import { Database, Files, Local } from "./places.js";
import { ascii, hex, sha256 } from "./sha256.js";

const PATIENCE = 4000; // a place that does not answer is a broken one; browsers do hang here
const AGAIN = 5000;

export class NotKept extends Error {}

// Returns what a small document's lines hold, or null where they are not what was written.
export function whole([text, hash]) {
  return text !== undefined && hex(sha256(ascii(text))) === hash ? JSON.parse(text) : null;
}

export class Stores {
  // `trouble(place, what)` hears when a place stops working.
  constructor({ places, trouble = () => {} }) {
    this.places = places.map((store) => ({ store, well: false, again: 0, tail: Promise.resolve(), done: new Map() }));
    this.trouble = trouble;
    this.written = new Map();
  }

  static async open({ opfs, trouble, places = [new Database(), new Files(opfs)] }) {
    const stores = new Stores({ places, trouble });
    await Promise.all(stores.places.map((place) => stores.#open(place)));
    return stores;
  }

  // The labels of the places that work now.
  get working() {
    return this.places.filter((place) => place.well).map((place) => place.store.label);
  }

  // Resolves with the number of places that have the line: each one that works.
  // Rejects with NotKept when there is none.
  append(name, line) {
    const lines = this.written.get(name) ?? [];
    this.written.set(name, [...lines, line]);
    return this.#settle(name);
  }

  replace(name, lines) {
    this.written.set(name, lines);
    for (const place of this.places) place.done.delete(name);
    return this.#settle(name);
  }

  // A small document under `<prefix>/meta` with its own hash, since no chain vouches for it.
  putMeta(prefix, meta) {
    const text = JSON.stringify(meta);
    return this.replace(`${prefix}/meta`, [text, hex(sha256(ascii(text)))]);
  }

  meta(prefix) {
    return this.load(`${prefix}/meta`, (lines) => {
      const value = whole(lines);
      return { value, weight: value?.revision ?? -1, lines: lines.slice(0, 2) };
    });
  }

  // Returns the best of what the places have under `name`, and mends the others by it. `read(lines)`
  // gives {value, weight, lines}: a value of null is damage, more weight is better.
  async load(name, read) {
    const found = await Promise.all(this.places.map(async (place) => {
      const lines = place.well ? await this.#within(place.store.read(name)).catch(() => []) : [];
      return { place, ...read(lines) };
    }));
    const best = found.reduce((one, other) => (other.value && other.weight > (one?.weight ?? -1) ? other : one), null);
    if (!best?.value) return null;
    // From now on it is looked after as if it had been written here: a place may be wiped while we run.
    if (!this.written.has(name)) this.written.set(name, best.lines);
    for (const { place, value, weight } of found) {
      if (!place.well) continue;
      if (value && weight >= best.weight) place.done.set(name, best.lines.length);
      else this.#queue(place, () => this.#fill(place, name));
    }
    return best.value;
  }

  async names(prefix) {
    const well = this.places.filter((place) => place.well);
    const found = await Promise.all(well.map((place) => this.#within(place.store.names(prefix)).catch(() => [])));
    return [...new Set(found.flat())];
  }

  // For whoever clears up: what lies in any place, the third one included where it is not in use now.
  // Nothing is mended by looking, and a place that fails has nothing to show.
  get #everywhere() {
    const used = this.places.filter((place) => place.well).map((place) => place.store);
    return used.some((store) => store instanceof Local) ? used : [...used, new Local()];
  }

  async everyName(prefix) {
    const found = await Promise.all(this.#everywhere.map((store) => this.#within(store.names(prefix)).catch(() => [])));
    return [...new Set(found.flat())];
  }

  // The first part of each name: an attempt or a sitting.
  async refs() {
    return [...new Set((await this.everyName()).map((name) => name.split("/")[0]))];
  }

  raw(name) {
    return Promise.all(this.#everywhere.map((store) => this.#within(store.read(name)).catch(() => [])));
  }

  // Resolves with true when `name` is in no place that works.
  async remove(name) {
    await Promise.all(this.places.map((place) => place.tail));
    this.written.delete(name);
    for (const place of this.places) place.done.delete(name);
    const gone = this.#everywhere.map((store) => this.#within(store.remove(name)).then(() => true, () => false));
    return !(await Promise.all(gone)).includes(false);
  }

  // Reads back what was written here; a place that lost something is filled up again.
  async inspect() {
    for (const place of this.places.filter((one) => one.well)) {
      for (const [name, lines] of this.written) {
        const there = await this.#within(place.store.read(name)).catch(() => null);
        const last = lines.length - 1;
        if (there && there.length >= lines.length && there[last] === lines[last]) continue;
        place.done.delete(name);
        await this.#settle(name).catch(() => {});
      }
    }
  }

  async #settle(name) {
    const { length } = this.written.get(name);
    await Promise.all(this.places.map((place) => this.#queue(place, () => this.#fill(place, name))));
    // Counted afterwards: the stand-in may have come in meanwhile.
    const count = this.places.filter((place) => place.well && place.done.get(name) >= length).length;
    if (!count) throw new NotKept(name);
    return count;
  }

  // Brings one place up to date with what is to be kept under `name`.
  async #fill(place, name) {
    if (!place.well) {
      if (performance.now() < place.again || !(await this.#open(place))) return false;
      for (const other of this.written.keys()) if (other !== name) await this.#fill(place, other);
    }
    const lines = this.written.get(name);
    const done = place.done.get(name);
    if (done === lines.length) return true;
    const { store } = place;
    await this.#within(done ? store.append(name, done, lines.slice(done)) : store.replace(name, lines));
    place.done.set(name, lines.length);
    return true;
  }

  // One after the other for each place, or lines would overtake one another.
  #queue(place, work) {
    const result = place.tail.then(work).catch((error) => this.#fail(place, error));
    place.tail = result;
    return result;
  }

  #fail(place, error) {
    const was = place.well;
    Object.assign(place, { well: false, again: performance.now() + AGAIN, done: new Map() });
    if (was) this.trouble(place.store.label, error?.name ?? "Error");
    return this.#standIn();
  }

  async #open(place) {
    try {
      await this.#within(place.store.open());
      place.well = true;
    } catch (error) {
      place.again = performance.now() + AGAIN;
      if (!place.told) this.trouble(place.store.label, error?.name ?? "Error");
      place.told = true;
      await this.#standIn();
    }
    return place.well;
  }

  // The third place comes in when one of the two does not work.
  async #standIn() {
    if (this.places.some((place) => place.store instanceof Local)) return false;
    const place = { store: new Local(), well: false, again: 0, tail: Promise.resolve(), done: new Map() };
    this.places.push(place);
    if (!(await this.#open(place))) return false;
    for (const name of this.written.keys()) await this.#queue(place, () => this.#fill(place, name));
    return false;
  }

  #within(promise) {
    let timer;
    const late = new Promise((_, fail) => {
      timer = setTimeout(() => fail(new DOMException("", "TimeoutError")), PATIENCE);
    });
    return Promise.race([promise, late]).finally(() => clearTimeout(timer));
  }
}
