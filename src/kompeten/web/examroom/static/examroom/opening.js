// From a ticket to an open paper: by line, by a code, or again after the page was lost.
import { hex, unhex } from "./sha256.js";
import { post } from "./line.js";
import { Trouble, header, keyFromCode, opened, openedByNode } from "./package.js";

const PATIENCE = 8000;

// Asks the server for the key. Returns its answer {key, now, opened, extra, heads, answers}. A Trouble says
// "offline", "over" or "refused"; or "early" or "busy" and `after` how many milliseconds to ask again.
// Whatever else answers, with whatever status, is not our server: as without a line.
export async function ask(attempt, vault, patience = PATIENCE) {
  const sent = attempt.clock.mono();
  const asked = JSON.stringify({ v: 1, ticket: attempt.ticket, chain: attempt.name });
  const { status, said, after } = await post(`${vault}buka`, asked, patience).catch(() => ({}));
  if (status === 200 && isOpening(said)) {
    attempt.clock.anchor(said.now, sent);
    return said;
  }
  if (status === 425 && Number.isFinite(said?.wait)) throw new Trouble("early", said.wait);
  if ([429, 503].includes(status)) throw new Trouble("busy", after);
  throw new Trouble({ 403: "refused", 410: "over" }[typeof said?.error === "string" && status] ?? "offline");
}

function isOpening(said) {
  const { key, now, opened, extra, heads, answers } = said ?? {};
  return /^[0-9a-f]{64}$/.test(key) && [now, opened, extra].every(Number.isFinite) && Array.isArray(heads) && answers instanceof Object;
}

export async function byLine(attempt, bytes, said) {
  const paper = await open(attempt, bytes, unhex(said.key));
  const { key, opened: since, since: givenBack = 0, handed = null } = said;
  const extra = Math.max(said.extra, attempt.meta.extra);
  await attempt.keep({ key, opened: since, extra, givenBack, handed, items: header(bytes).items });
  await attempt.begin(attempt.hasBegun ? "again" : "line", said);
  return paper;
}

export async function byCode(attempt, bytes, code) {
  const key = await keyFromCode(bytes, code);
  const paper = await open(attempt, bytes, key);
  if (!attempt.meta.opened) attempt.codeAt = attempt.clock.mono();
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
    if (trouble.reason === "plain") return await openedByNode(attempt.ref, attempt.ticket);
    throw new Trouble("damaged");
  }
}
