// What lies on this device of whose exam, and what may go? Phones are shared. Nothing goes of which one line
// is not under a receipt, readable or not; all else goes some days later, at whatever page is opened next.
import { dropPackage } from "./package.js";
import { parse } from "./receipt.js";
import { whole } from "./stores.js";

const DAY = 86_400_000;
export const HANDED_IN_DAYS = 2; // after the last receipt of what was handed in
export const OVER_DAYS = 7; // after the end of all else: prepared and never begun, or never handed in
const PRACTICE = "LATIHAN";

// Removes what may go; returns what has not arrived, the attempt `own` included: [{ref, title, unsent, over}].
export async function clear(stores, { own = "", now = Date.now() } = {}) {
  let found = await everything(stores);
  for (const one of found) {
    if (one.ref === own || !mayGo(one, now)) continue;
    await remove(stores, one, found);
    found = found.filter((other) => other !== one);
  }
  return found.filter((one) => one.unsent && !one.practice).map(({ ref, meta, unsent, ...one }) => {
    return { ref, title: meta?.ticket?.title ?? ref, unsent, over: isOver(one, meta, now) };
  });
}

// Removes one attempt now, if all of it has arrived; returns whether nothing is left of it.
export async function forget(stores, ref) {
  const found = await everything(stores);
  const one = found.find((other) => other.ref === ref);
  return !one || (!one.unsent && remove(stores, one, found));
}

async function everything(stores) {
  const refs = await stores.refs();
  const found = await Promise.all(refs.map((ref) => look(stores, ref)));
  return found.filter(Boolean);
}

async function look(stores, ref) {
  const names = (await stores.everyName(ref)).filter((name) => !name.endsWith("/paket"));
  if (!names.length) return null;
  const metas = (await stores.raw(`${ref}/meta`)).map(whole).filter(Boolean);
  const meta = metas.sort((one, other) => other.revision - one.revision)[0] ?? null;
  const found = { ref, names, meta, unsent: 0, handedIn: false, begun: 0, practice: ref.startsWith(PRACTICE) };
  for (const name of names.filter((one) => !one.endsWith("/meta"))) {
    // Counted in the fullest place and by lines, not by what hashes: what is damaged has not arrived either.
    const fullest = (await stores.raw(name)).sort((one, other) => other.length - one.length)[0] ?? [];
    found.unsent += Math.max(0, fullest.length - 1 - (meta?.done?.[name.split("/")[1]] ?? 0));
    found.handedIn ||= Boolean(meta?.handed) || fullest.some((line) => line.startsWith('["h",'));
    found.begun = Math.max(found.begun, Number(/"begun":(\d+)/.exec(fullest[0])?.[1] ?? 0));
  }
  return found;
}

// What the clock of the device says, or what the server's said when it was last heard: the earlier one, for a
// clock that was set ahead must not take away what is still needed.
const today = (meta, now) => now + Math.min(0, meta?.skew || 0);

const ends = ({ ticket, extra = 0 }) => Number(ticket?.closes) + extra * 60_000;

function isOver({ handedIn }, meta, now) {
  return handedIn || today(meta, now) > ends(meta ?? {});
}

function mayGo({ meta, unsent, handedIn, begun, practice }, now) {
  if (practice) return now - begun > DAY;
  if (unsent) return false;
  if (!meta?.ticket) return true;
  const received = Object.values(meta.receipts ?? {}).map((text) => parse(text)?.received ?? 0);
  const [since, days] = handedIn && received.length ? [Math.max(...received), HANDED_IN_DAYS] : [ends(meta), OVER_DAYS];
  return today(meta, now) - since > days * DAY;
}

// Its chains first: what is interrupted here still knows what had arrived.
async function remove(stores, { ref, names, meta }, found) {
  let gone = true;
  for (const name of [...names].sort((one, other) => one.endsWith("/meta") - other.endsWith("/meta"))) {
    gone = (await stores.remove(name)) && gone;
  }
  const sitting = meta?.ticket?.sitting;
  const shared = found.some((other) => other.ref !== ref && other.meta?.ticket?.sitting === sitting);
  if (sitting && !shared) await dropPackage(sitting, stores);
  return gone;
}
