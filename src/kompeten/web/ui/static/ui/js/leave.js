// Somebody logs out: what they photographed and did not send goes with them, what was sent off waits until
// they are back. Asked before: pages would have to be taken again, and phones are shared.
import { OUTBOX, clearPages, waiting } from "./device.js";

const PATIENCE = 8000;
let isAsking = false; // a second click meanwhile is the same click

export async function leave(form) {
  if (isAsking) return;
  isAsking = true;
  const { who } = form.dataset;
  // What the device does not tell is not deleted either: it waits for its owner.
  if (await mayGo(form, who).catch(() => true)) {
    // When the log-in has ended: other pages of the account are loaded again then.
    window.addEventListener("pagehide", () => new BroadcastChannel(OUTBOX).postMessage({ who, state: "left" }));
    form.submit();
  }
  isAsking = false;
}

async function mayGo(form, who) {
  const { photographed, all } = await waiting(who);
  if (all) {
    const said = await words(form, { photographed, sending: all - photographed }).catch(() => null);
    if (said === null) return true; // no line: the browser says so, and nothing is lost; nor if it is only slow
    if (!window.confirm(said)) return false;
  }
  await clearPages((whose) => whose === who);
  return true;
}

// The page of logging out has the words; others need not carry them.
async function words(form, left) {
  const page = new DOMParser().parseFromString(await (await fetch(form.action, { signal: AbortSignal.timeout?.(PATIENCE) })).text(), "text/html");
  const said = page.querySelector("[data-photographed]").dataset;
  const lines = Object.entries(left).filter(([, count]) => count).map(([what, count]) => said[what].replace("{}", count));
  return [...lines, said.ask].join("\n\n");
}
