// A made-up device for the fault harness: two places to keep lines in, clocks, and a power button. The
// client's own modules run on it; only what a browser would give them is made up here.
//
// A place keeps what was written when it says so. What was under way when the power went may be there,
// may be missing, and in the file place may be torn: the database place writes all or nothing.

export class Dice {
  constructor(seed) {
    this.state = seed >>> 0;
  }

  // mulberry32: the same throws for the same seed.
  next() {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  upto(most) {
    return Math.floor(this.next() * most);
  }

  chance(share) {
    return this.next() < share;
  }

  of(list) {
    return list[this.upto(list.length)];
  }
}

const never = () => new Promise(() => {});
const soon = () => new Promise((done) => { const { port1, port2 } = new MessageChannel(); port1.onmessage = done; port2.postMessage(0); });

// What survives the power: texts under names, one for each place.
export class Disk {
  texts = new Map();

  wipe() {
    this.texts.clear();
  }
}

class Place {
  trouble = ""; // the name of the error that each write meets, while it lasts
  underway = new Set();
  dead = false;

  constructor(label, disk, dice) {
    Object.assign(this, { label, disk, dice });
  }

  async open() {
    if (this.trouble === "SecurityError") throw new DOMException("", this.trouble);
  }

  append(name, at, lines) {
    return this.write({ name, lines, at });
  }

  replace(name, lines) {
    return this.write({ name, lines });
  }

  async write(work) {
    if (this.dead) return never();
    if (this.trouble) throw new DOMException("", this.trouble);
    this.underway.add(work);
    await soon();
    if (this.dead) return never();
    this.underway.delete(work);
    this.disk.texts.set(work.name, this.after(work));
  }

  // The power goes: each write under way ends as it likes.
  die() {
    this.dead = true;
    for (const work of this.underway) {
      const text = this.after(work);
      const before = this.disk.texts.get(work.name) ?? "";
      const torn = this.tears ? text.slice(0, before.length + this.dice.upto(text.length - before.length + 1)) : before;
      this.disk.texts.set(work.name, this.dice.of([before, text, work.at === undefined ? before : torn]));
    }
  }

  async read(name) {
    if (this.dead) return never();
    return (this.disk.texts.get(name) ?? "").split("\n").slice(0, -1);
  }

  async names(prefix) {
    if (this.dead) return never();
    return [...this.disk.texts.keys()].filter((name) => name.startsWith(`${prefix}/`) && this.disk.texts.get(name));
  }
}

export class DatabasePlace extends Place {
  // As in IndexedDB each line stands under its own number.
  after({ name, lines, at }) {
    const before = at === undefined ? [] : (this.disk.texts.get(name) ?? "").split("\n").slice(0, -1).slice(0, at);
    return [...before, ...lines].map((line) => `${line}\n`).join("");
  }
}

export class FilePlace extends Place {
  tears = true;

  after({ name, lines, at }) {
    const before = at === undefined ? "" : this.disk.texts.get(name) ?? "";
    return before + lines.map((line) => `${line}\n`).join("");
  }
}

// Two devices share the browser's real localStorage here, so the third place stays shut.
export const shut = (Local) => class extends Local {
  async open() {
    throw new DOMException("", "SecurityError");
  }
};
