// From a ticket to an open paper: by line, by a code, or again after the page was lost.
import { hex, unhex } from "./sha256.js";
import { Trouble, header, keyFromCode, opened, openedByNode } from "./package.js";

const PATIENCE = 8000;

// Asks the server for the key. Returns its answer {key, now, opened, extra, heads, answers}, or
// {wait} before the hour; a Trouble says "offline", "over" or "refused".
export async function ask(attempt, vault, patience = PATIENCE) {
  const sent = attempt.clock.mono();
  let response;
  try {
    response = await fetch(`${vault}buka`, {
      method: "POST",
      headers: { "Content-Type": "text/plain" },
      body: JSON.stringify({ v: 1, ticket: attempt.ticket, chain: attempt.name }),
      signal: AbortSignal.timeout?.(patience),
      cache: "no-store",
    });
    if (response.ok || response.status === 425) {
      const said = await response.json();
      if (said.now) attempt.clock.anchor(said.now, sent);
      return said;
    }
  } catch {
    throw new Trouble("offline");
  }
  throw new Trouble({ 403: "refused", 410: "over" }[response.status] ?? "offline");
}

export async function byLine(attempt, bytes, said) {
  const paper = await open(attempt, bytes, unhex(said.key));
  await attempt.keep({ key: said.key, opened: said.opened, extra: said.extra, items: header(bytes).items });
  await attempt.begin(attempt.hasBegun ? "again" : "line", said);
  return paper;
}

export async function byCode(attempt, bytes, code) {
  const key = await keyFromCode(bytes, code);
  const paper = await open(attempt, bytes, key);
  const since = attempt.meta.opened || attempt.clock.now();
  await attempt.keep({ key: hex(key), opened: since, items: header(bytes).items });
  await attempt.begin(attempt.hasBegun ? "again" : "code", null);
  return paper;
}

// With the key that this device has kept from before.
export async function again(attempt, bytes) {
  const paper = await open(attempt, bytes, unhex(attempt.meta.key));
  await attempt.begin("again", null);
  return paper;
}

async function open(attempt, bytes, key) {
  try {
    return await opened(bytes, key);
  } catch (trouble) {
    if (trouble.reason === "plain") return openedByNode(attempt.ref, attempt.ticket);
    throw new Trouble("damaged");
  }
}
