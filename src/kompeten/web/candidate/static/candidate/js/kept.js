// The entries of the outbox on the device, by their key. Two weeks are enough: then they are let go,
// whoever they belong to.
const NAME = "kompeten-kiriman";
const LONGEST = 14 * 24 * 3600 * 1000;

// Keeps an entry; where `at` is given only in the place of the one made then.
export function keep(entry, at = null) {
  return ask("readwrite", (store) => {
    if (at === null) store.put(entry);
    else when(store, entry.key, at, () => store.put(entry));
  });
}

export function forget({ key, at }) {
  return ask("readwrite", (store) => when(store, key, at, () => store.delete(key)));
}

export async function kept() {
  const all = await ask("readonly", (store) => store.getAll());
  const over = all.filter(({ at }) => at < Date.now() - LONGEST);
  for (const entry of over) await forget(entry);
  return all.filter((entry) => !over.includes(entry));
}

function when(store, key, at, work) {
  const asked = store.get(key);
  asked.onsuccess = () => asked.result?.at === at && work();
}

function ask(mode, question) {
  return new Promise((done, fail) => {
    const opened = indexedDB.open(NAME, 1);
    opened.onupgradeneeded = () => opened.result.createObjectStore("entries", { keyPath: "key" });
    opened.onerror = () => fail(opened.error);
    opened.onsuccess = () => {
      const base = opened.result;
      // Strict: complete only when it is on the disk, not when the system has taken it.
      const work = base.transaction("entries", mode, { durability: "strict" });
      const asked = question(work.objectStore("entries"));
      const close = (end) => () => {
        base.close();
        end();
      };
      work.oncomplete = close(() => done(asked?.result));
      work.onabort = work.onerror = close(() => fail(work.error ?? new DOMException("", "AbortError")));
    };
  });
}
