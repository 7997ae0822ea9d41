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
const DAY = 24 * 3600 * 1000;
const LONGEST = 7 * DAY;
const JUST_NOW = DAY / 48;
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

  // The paper of `who` for the document `key`, as the device has it now; where it does not say, as it
  // was known here.
  static async of(who, key) {
    const name = JSON.stringify([who, key]);
    const paper = known.get(name) ?? new Paper(who, key);
    known.set(name, paper);
    await paper.line;
    if (!paper.isKept) return paper;
    const found = ask(BASE, "readonly", (work) => work.objectStore("papers").get([who, key]));
    return Object.assign(paper, await found.then((kept) => ({ ...empty(), ...kept }), () => null));
  }

  // Keeps it as it is now with the picture `which` of a page, if one is new. When this resolves, it is on
  // the disk, or `isKept` is false. As `discard`, it rejects with VersionError where another page has
  // changed the paper since it was read here.
  keep(page, which, blob) {
    this.at = Date.now();
    if (blob) this.unkept.set(named(page, which), blob);
    if (blob) navigator.storage?.persist?.();
    return this.#next(async () => {
      const [rev, added, gone] = [Math.random(), [...this.unkept], [...this.gone]];
      this.isKept = await this.#change((work) => this.#write(work, rev, added, gone));
      if (!this.isKept) return;
      this.rev = rev;
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

  // Drops the pages that have no picture, if others have one; the page whose place one of them took is
  // back. Resolves with whether there were any.
  async sort() {
    const has = (page) => this.picture(page, page.made ? "page" : "photo").catch((error) => {
      if (error.name !== "NotFoundError") throw error;
    });
    const whole = [];
    for (const page of this.pages) {
      if (await has(page)) whole.push(page);
      else if (page.instead && await has(page.instead)) whole.push(page.instead);
    }
    const gone = this.pages.filter((page) => !whole.includes(page));
    if (!whole.length || !gone.length) return false;
    gone.forEach((page) => this.drop({ ...page, instead: null }));
    this.pages = whole;
    await this.keep();
    return true;
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
    return this.#next(async () => {
      // What cannot be deleted was never kept.
      await this.#change((work) => wipe(work, [this.who, this.key]));
      Object.assign(this, empty());
      this.#forget();
    });
  }

  #forget() {
    this.unkept.clear();
    Object.assign(this, { gone: [], isKept: true });
  }

  // Resolves with whether the device has kept it. Of two pages that change one paper the second one
  // has not seen what the first one did: nothing of it is written.
  async #change(change) {
    let isOther;
    const isKept = await ask(BASE, "readwrite", (work) => {
      const asked = work.objectStore("papers").get([this.who, this.key]);
      asked.onsuccess = () => {
        isOther = asked.result?.rev !== this.rev;
        if (!isOther) change(work);
      };
    }).then(() => true, () => false);
    if (!isOther) return isKept;
    this.#forget();
    throw new DOMException("", "VersionError");
  }

  #write(work, rev, added, gone) {
    const { who, key, place, name, pages, asked, at } = this;
    work.objectStore("papers").put({ who, key, place, name, pages, asked, at, rev });
    const pictures = work.objectStore("pictures");
    for (const name of gone) pictures.delete([who, key, name]);
    for (const [name, blob] of added) pictures.put(blob, [who, key, name]);
  }

  // One after the other: what is let go does not come back by what was still to be written.
  #next(work) {
    const done = this.line.then(work);
    this.line = done.catch(() => {});
    return done;
  }
}

// What waits here for `who`, as {key, place, count, at, isKept, isLost}; `isLost`: the page was closed while the
// camera was open. What has waited for too long is deleted, and said to whom it belonged; what was taken
// by a clock that was wrong is from now.
export async function waiting(who) {
  const now = Date.now();
  const over = [];
  const all = await ask(BASE, "readwrite", (work) => {
    const papers = work.objectStore("papers");
    const found = papers.getAll();
    found.onsuccess = () => found.result.forEach((paper) => {
      if (paper.at > now + DAY) papers.put(Object.assign(paper, { at: now, asked: 0 }));
      if (paper.at >= now - LONGEST && (paper.pages.length || paper.asked >= now - JUST_NOW)) return;
      over.push(paper);
      wipe(work, [paper.who, paper.key]);
    });
    return found;
  }).catch(() => null);
  if (all && over.some((paper) => paper.who === who && paper.pages.length)) sayGone();
  // Where the device does not say what it has, this page tells what it knows.
  const unkept = [...known.values()].filter(({ isKept }) => !all || !isKept);
  const held = (all ?? []).filter((paper) => !over.includes(paper) && !unkept.some(({ who: whose, key }) => whose === paper.who && key === paper.key));
  return [...held, ...unkept].filter((paper) => paper.who === who).map(({ key, place, pages, at, asked, isKept = true }) =>
    ({ key, place, count: pages.length, at, isKept, isLost: asked > now - JUST_NOW }));
}

// Deletes `papers` that nobody asks for any more, and says so.
export async function letGo(who, papers) {
  if (!papers.length) return;
  await ask(BASE, "readwrite", (work) => papers.forEach(({ key }) => wipe(work, [who, key])));
  if (papers.some(({ count }) => count)) sayGone();
}

function sayGone() {
  document.querySelector("[data-k-gone]").hidden = false;
}

const empty = () => ({ place: location.pathname, name: "", pages: [], asked: 0, at: Date.now(), rev: undefined });
const named = (page, which) => `${page.id}/${which}`;

function wipe(work, key) {
  work.objectStore("papers").delete(key);
  work.objectStore("pictures").delete(IDBKeyRange.bound(key, [...key, []]));
}
