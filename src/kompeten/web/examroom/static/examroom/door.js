// Makes this device ready days ahead: page, ticket and paper are fetched and kept, so that at the bell
// nothing is needed but a key or a code.
import { Attempt } from "./attempt.js";
import { Clock } from "./clock.js";
import { fetchPackage, fetchTicket, isKept } from "./package.js";
import { Stores } from "./stores.js";
import { clock as hour, day, one, say } from "./words.js";

const root = one("prepare");
const ref = root.dataset.xRef;

async function here() {
  const stores = await Stores.open({ opfs: root.dataset.xOpfs });
  return new Attempt({ ref, stores, clock: new Clock() }).load();
}

async function prepare(attempt) {
  tell("preparing");
  // Asked for, not relied on: a store that may be cleared for want of space is one of two.
  navigator.storage?.persist?.().catch(() => {});
  try {
    const worker = navigator.serviceWorker?.register(root.dataset.xWorker, { scope: "/ujian/" });
    const doc = await fetchTicket(ref);
    const bytes = await fetchPackage(doc, attempt.stores);
    await attempt.keep({ ticket: doc, prepared: Date.now(), bytes: bytes.length });
    await worker?.then(() => navigator.serviceWorker.ready).catch(() => null);
    if (!(await isKept(doc, attempt.stores))) throw new Error("not kept");
    show(attempt);
  } catch (problem) {
    tell(problem.reason === "offline" ? "prepare-offline" : "prepare-failed");
  }
}

function show({ meta }) {
  const { zone } = meta.ticket;
  tell("prepared", { day: day(meta.prepared, zone), time: hour(meta.prepared, zone), n: Math.ceil(meta.bytes / 1024) });
  root.dataset.state = "prepared";
}

function tell(name, blanks) {
  const line = one("prepared", root);
  line.textContent = say(name, blanks);
  line.hidden = false;
}

const ready = here();
one("prepare-now", root).onclick = async () => prepare(await ready);
ready.then(async (attempt) => {
  if (attempt.meta.prepared && (await isKept(attempt.meta.ticket, attempt.stores))) show(attempt);
});
