// The entries of the outbox on the device, by their key. Two weeks are enough: then they are let go,
// whoever they belong to.
const BASE = { name: "kompeten-kiriman", make: (base) => base.createObjectStore("entries", { keyPath: "key" }) };
const LONGEST = 14 * 24 * 3600 * 1000;
const PATIENCE = 7500; // twice

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
// system has taken it. Rejects where this device keeps nothing, or no more, or does not answer: what
// was asked is then not done later either.
export function ask({ name, make }, mode, question) {
  return new Promise((done, fail) => {
    const opened = indexedDB.open(name, 1);
    let [work, asked, isLate] = [null, null, false];
    const end = (tell, said) => {
      clearInterval(timer);
      tell(said);
    };
    // At the second time: to a page that has slept the first one is overdue.
    const timer = setInterval(() => {
      if (isLate) {
        opened.onsuccess = () => opened.result.close();
        end(fail, new DOMException("", "TimeoutError"));
        work?.abort();
      }
      isLate = true;
    }, PATIENCE);
    opened.onupgradeneeded = () => make(opened.result);
    opened.onerror = () => end(fail, opened.error);
    opened.onsuccess = () => {
      const base = opened.result;
      try {
        work = base.transaction(base.objectStoreNames, mode, { durability: "strict" });
        work.oncomplete = () => end(done, asked?.result);
        work.onabort = () => end(fail, work.error ?? new DOMException("", "AbortError"));
        asked = question(work);
      } catch (error) { // what a browser cannot keep it may refuse at once
        end(fail, error);
        work?.abort();
      }
      base.close(); // once the transaction is over
    };
  });
}
