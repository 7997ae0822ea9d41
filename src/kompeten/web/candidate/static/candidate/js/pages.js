// What was photographed on this device and has not been sent yet? For each document its pages in their
// order, with how they are turned and cut, kept as they come: to open the camera is what makes a small
// phone close this page. They belong to the account that took them: phones are shared. A week is
// enough: then they are let go, whoever they belong to. Where the device keeps nothing they live as
// long as this page.
import { ask } from "./kept.js";

const BASE = {
  name: "kompeten-halaman",
  make(base) {
    base.createObjectStore("papers", { keyPath: ["who", "key"] });
    base.createObjectStore("pictures"); // blobs by [who, key, `${page.id}/${which}`]
  },
};
const LONGEST = 7 * 24 * 3600 * 1000;
const JUST_NOW = 30 * 60 * 1000;
const known = new Map(); // of this page, by account and document

// The pages of one document. A page is {id, quad, turns, isOpen, made, instead}: its corners in the turned
// photo, quarter turns, whether its edges are being looked for, what was cut out of it {quad, turns,
// width, height, bytes, against}, and the page whose place it takes if it is cut.
// Its pictures are "photo", as it was drawn, and "page", what is sent of it.
export class Paper {
  constructor(who, key) {
    Object.assign(this, { who, key, isKept: true, ...empty() });
    this.unkept = new Map();
    this.gone = [];
    this.line = Promise.resolve();
  }

  // The paper of `who` for the document `key`, as the device has it now.
  static async of(who, key) {
    const name = JSON.stringify([who, key]);
    const paper = known.get(name) ?? new Paper(who, key);
    known.set(name, paper);
    await paper.line;
    if (!paper.isKept) return paper;
    const found = await ask(BASE, "readonly", (work) => work.objectStore("papers").get([who, key])).catch(() => null);
    return Object.assign(paper, found ?? empty());
  }

  // Keeps it as it is now with the picture `which` of a page, if one is new. When this resolves, it is on
  // the disk, or `isKept` is false.
  keep(page, which, blob) {
    this.at = Date.now();
    if (blob) this.unkept.set(named(page, which), blob);
    if (blob) navigator.storage?.persist?.();
    return this.#next(async () => {
      const [added, gone] = [[...this.unkept], [...this.gone]];
      this.isKept = await ask(BASE, "readwrite", (work) => this.#write(work, added, gone)).then(() => true, () => false);
      if (!this.isKept) return;
      for (const [name, held] of added) if (this.unkept.get(name) === held) this.unkept.delete(name);
      this.gone = this.gone.filter((name) => !gone.includes(name));
    });
  }

  // Resolves with a blob. Rejects with NotFoundError where it is no longer there.
  async picture(page, which) {
    const name = named(page, which);
    await this.line;
    const blob = this.unkept.get(name) ?? await ask(BASE, "readonly", (work) => work.objectStore("pictures").get([this.who, this.key, name]));
    if (!blob) throw new DOMException(name, "NotFoundError");
    return blob;
  }

  // The pictures of a page are let go when the paper is kept again.
  drop(page) {
    for (const name of [named(page, "photo"), named(page, "page")]) {
      this.unkept.delete(name);
      this.gone.push(name);
    }
    if (page.instead) this.drop(page.instead);
  }

  // The camera opens: noted until something comes of it, or nothing.
  ask() {
    this.asked = Date.now();
    return this.keep();
  }

  answer() {
    this.asked = 0;
    return this.pages.length ? this.keep() : this.discard();
  }

  discard() {
    Object.assign(this, empty());
    this.unkept.clear();
    return this.#next(async () => {
      // What cannot be deleted was never kept.
      await ask(BASE, "readwrite", (work) => wipe(work, [this.who, this.key])).catch(() => {});
      this.isKept = true;
    });
  }

  #write(work, added, gone) {
    const { who, key, place, name, pages, asked, at } = this;
    work.objectStore("papers").put({ who, key, place, name, pages, asked, at });
    const pictures = work.objectStore("pictures");
    for (const name of gone) pictures.delete([who, key, name]);
    for (const [name, blob] of added) pictures.put(blob, [who, key, name]);
  }

  // One after the other: what is let go does not come back by what was still to be written.
  #next(work) {
    this.line = this.line.then(work);
    return this.line;
  }
}

// What waits here for `who`, as {key, place, count, at, isKept, isLost}; `isLost`: the page was closed while the
// camera was open.
export async function waiting(who) {
  const all = await ask(BASE, "readonly", (work) => work.objectStore("papers").getAll()).catch(() => []);
  const now = Date.now();
  const over = all.filter(({ at, asked, pages }) => at < now - LONGEST || (!pages.length && asked < now - JUST_NOW));
  if (over.length) await ask(BASE, "readwrite", (work) => over.forEach((paper) => wipe(work, [paper.who, paper.key]))).catch(() => {});
  const unkept = [...known.values()].filter(({ isKept }) => !isKept);
  const held = all.filter((paper) => !over.includes(paper) && !unkept.some(({ who: whose, key }) => whose === paper.who && key === paper.key));
  return [...held, ...unkept].filter((paper) => paper.who === who).map(({ key, place, pages, at, asked, isKept = true }) =>
    ({ key, place, count: pages.length, at, isKept, isLost: asked > now - JUST_NOW }));
}

const empty = () => ({ place: location.pathname, name: "", pages: [], asked: 0, at: Date.now() });
const named = (page, which) => `${page.id}/${which}`;

function wipe(work, key) {
  work.objectStore("papers").delete(key);
  work.objectStore("pictures").delete(IDBKeyRange.bound(key, [...key, []]));
}
