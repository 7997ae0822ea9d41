// The entries of the outbox on the device, by their key. Two weeks are enough: then they are let go,
// whoever they belong to.
const BASE = { name: "kompeten-kiriman", make: (base) => base.createObjectStore("entries", { keyPath: "key" }) };
const LONGEST = 14 * 24 * 3600 * 1000;

// Keeps an entry; where `at` is given only in the place of the one made then.
export function keep(entry, at = null) {
  return entries("readwrite", (store) => {
    if (at === null) store.put(entry);
    else when(store, entry.key, at, () => store.put(entry));
  });
}

export function forget({ key, at }) {
  return entries("readwrite", (store) => when(store, key, at, () => store.delete(key)));
}

export async function kept() {
  const all = await entries("readonly", (store) => store.getAll());
  const over = all.filter(({ at }) => at < Date.now() - LONGEST);
  for (const entry of over) await forget(entry);
  return all.filter((entry) => !over.includes(entry));
}

const entries = (mode, question) => ask(BASE, mode, (work) => question(work.objectStore("entries")));

function when(store, key, at, work) {
  const asked = store.get(key);
  asked.onsuccess = () => asked.result?.at === at && work();
}

// Puts a `question` to a base on the device, {name, make}, in one transaction. Resolves with what the
// request that it returns has found, and only when all of it is on the disk: strict, not when the
// system has taken it. Rejects where this device keeps nothing, or no more.
export function ask({ name, make }, mode, question) {
  return new Promise((done, fail) => {
    const opened = indexedDB.open(name, 1);
    opened.onupgradeneeded = () => make(opened.result);
    opened.onerror = () => fail(opened.error);
    opened.onsuccess = () => {
      const base = opened.result;
      const work = base.transaction(base.objectStoreNames, mode, { durability: "strict" });
      let asked;
      const close = (end) => () => {
        base.close();
        end();
      };
      work.oncomplete = close(() => done(asked?.result));
      work.onabort = close(() => fail(work.error ?? new DOMException("", "AbortError")));
      try {
        asked = question(work);
      } catch (error) { // what a browser cannot keep it may refuse at once
        work.abort();
        fail(error);
      }
    };
  });
}
