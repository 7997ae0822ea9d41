// What waits on this device for whom (the outbox of `candidate/js/kept.js`), and how it is let go of.
// Whoever is helped has keys of their own, which begin with HELPED.
const NAME = "kompeten-kiriman";
export const HELPED = "bantuan-";
export const CHANNEL = "kompeten-bantuan";

// How many documents of `who` have not been sent yet.
export async function waiting(who) {
  return (await entries()).filter((entry) => entry.who === who && entry.state === "waiting").length;
}

// Lets go of all that is left of people who were helped here, but of `who`.
export async function clear(who = "") {
  const left = (await entries()).filter((entry) => entry.who.startsWith(HELPED) && entry.who !== who);
  if (left.length) await ask("readwrite", (store) => left.forEach(({ key }) => store.delete(key)));
}

async function entries() {
  let found;
  await ask("readonly", (store) => {
    found = store.getAll();
  });
  return found?.result ?? [];
}

// Where nothing was ever kept nothing is made: a base without its store would be of no use to the outbox.
function ask(mode, question) {
  return new Promise((done) => {
    if (!globalThis.indexedDB) return done();
    const opened = indexedDB.open(NAME, 1);
    opened.onupgradeneeded = () => opened.transaction.abort();
    opened.onerror = () => done();
    opened.onsuccess = () => {
      const base = opened.result;
      const work = base.transaction("entries", mode);
      question(work.objectStore("entries"));
      work.oncomplete = work.onabort = () => {
        base.close();
        done();
      };
    };
    return undefined;
  });
}
