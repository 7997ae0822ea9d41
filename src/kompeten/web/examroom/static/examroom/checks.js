// Will this device do for a sitting? Each check gives {name, tone, blanks}: good, wait (it will do, with
// something to mind) or bad (another device is better). The words stand in the page.
import { object, within } from "./line.js";

const ROOM = 20 * 1024 ** 2;
const FAR_OFF = 2 * 60_000;
const SLOW = 2000;

export function stores(kept, working) {
  const tone = working.length >= 2 ? "good" : working.length ? "wait" : "bad";
  return { name: kept ? `stores-${tone}` : "stores-bad", tone: kept ? tone : "bad" };
}

export function sealing() {
  const works = Boolean(globalThis.crypto?.subtle && globalThis.DecompressionStream);
  return { name: works ? "sealing-good" : "sealing-wait", tone: works ? "good" : "wait" };
}

export async function offline() {
  const works = await navigator.serviceWorker?.getRegistration("/ujian/").then((found) => found?.active, () => null);
  return { name: works ? "offline-good" : "offline-wait", tone: works ? "good" : "wait" };
}

export async function room() {
  const { quota = 0, usage = 0 } = (await navigator.storage?.estimate?.().catch(() => ({}))) ?? {};
  const left = quota - usage;
  if (!quota) return { name: "room-wait", tone: "wait" };
  const n = left > 1024 ** 3 ? Math.floor(left / 1024 ** 3) : Math.floor(left / 1024 ** 2);
  const unit = left > 1024 ** 3 ? "GB" : "MB";
  return { name: left > ROOM ? "room-good" : "room-bad", tone: left > ROOM ? "good" : "bad", blanks: { n, unit } };
}

// A real round trip: how long, and how far this clock is from the server's (to the second).
export async function line(vault) {
  const trips = [];
  let there = 0;
  let here = 0;
  for (let n = 0; n < 3; n++) {
    const sent = performance.now();
    const response = await fetch(`${vault}kunci`, { cache: "no-store", redirect: "error", signal: within(8000) }).catch(() => null);
    if (!response?.ok || !(await object(response).catch(() => null))?.keys) break;
    trips.push(performance.now() - sent);
    here = Date.now();
    there = Date.parse(response.headers.get("Date") ?? "");
  }
  if (!trips.length) return [{ name: "line-wait", tone: "wait" }];
  const n = Math.round(Math.min(...trips));
  const found = [{ name: n < SLOW ? "line-good" : "line-slow", tone: n < SLOW ? "good" : "wait", blanks: { n } }];
  if (!Number.isNaN(there)) found.push(clock(here - there));
  return found;
}

function clock(off) {
  const n = Math.round(Math.abs(off) / 60_000);
  return Math.abs(off) < FAR_OFF ? { name: "clock-good", tone: "good" } : { name: "clock-wait", tone: "wait", blanks: { n } };
}

export function browser() {
  const brands = navigator.userAgentData?.brands ?? [];
  const known = brands.find(({ brand }) => !/not.?a.?brand|chromium/i.test(brand)) ?? brands.find(({ brand }) => /chromium/i.test(brand));
  const old = /(?:Chrome|Firefox|Version)\/(\d+)/.exec(navigator.userAgent);
  const text = known ? `${known.brand} ${known.version}` : old ? old[0].replace("/", " ") : "";
  return { name: "browser-good", tone: "good", blanks: { text } };
}
