// What waits on this device for whom (the outbox of `candidate/js/kept.js`, the pages of `pages.js`), and
// how it is let go of. Whoever is helped has keys of their own, which begin with HELPED.
export const OUTBOX = "kompeten-kiriman";
const PAGES = "kompeten-halaman";
const PATIENCE = 5000;
export const HELPED = "bantuan-";
export const CHANNEL = "kompeten-bantuan";

// How many documents of `who` have not been sent yet, and how many of them wait for their owner.
export async function waiting(who) {
  const [entries, papers] = [await all(OUTBOX, "entries"), await all(PAGES, "papers")];
  const photographed = papers.filter((paper) => paper.who === who && paper.pages.length).length;
  const sent = entries.filter((entry) => entry.who === who && entry.state === "waiting").length;
  return { photographed, all: photographed + sent };
}

// Lets go of all that is left of people who were helped here, but of `who`.
export async function clear(who = "") {
  const isOver = (whose) => whose.startsWith(HELPED) && whose !== who;
  const left = (await all(OUTBOX, "entries")).filter((entry) => isOver(entry.who));
  if (left.length) await ask(OUTBOX, "readwrite", (work) => left.forEach(({ key }) => work.objectStore("entries").delete(key)));
  await clearPages(isOver);
}

// Lets go of the pages of each account of which `isOver` is true; what was sent off stays on its way.
export function clearPages(isOver) {
  return ask(PAGES, "readwrite", (work) => {
    for (const name of work.objectStoreNames) {
      const store = work.objectStore(name);
      const keys = store.getAllKeys();
      keys.onsuccess = () => keys.result.filter(([whose]) => isOver(whose)).forEach((key) => store.delete(key));
    }
  });
}

async function all(name, store) {
  let found;
  await ask(name, "readonly", (work) => {
    found = work.objectStore(store).getAll();
  });
  return found?.result ?? [];
}

// Where nothing was ever kept nothing is made: a base without its stores would be of no use to its owner.
// Rejects where the device does not answer: nothing is done then, later either.
function ask(name, mode, question) {
  return new Promise((done, fail) => {
    if (!globalThis.indexedDB) return done();
    const opened = indexedDB.open(name, 1);
    let work = null;
    const late = setTimeout(() => {
      fail(new DOMException("", "TimeoutError"));
      opened.onsuccess = () => opened.result.close();
      work?.abort();
    }, PATIENCE);
    const end = () => {
      clearTimeout(late);
      done();
    };
    opened.onupgradeneeded = () => opened.transaction.abort();
    opened.onerror = end;
    opened.onsuccess = () => {
      const base = opened.result;
      work = base.transaction(base.objectStoreNames, mode);
      work.oncomplete = work.onabort = end;
      question(work);
      base.close(); // once the transaction is over
    };
    return undefined;
  });
}
