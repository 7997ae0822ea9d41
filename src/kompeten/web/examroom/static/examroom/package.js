// The encrypted paper: fetched days ahead, checked, kept, and opened by a key that comes by line or
// as a code that is read out. Protocol, sections 4 and 5.
import { object, pause, within } from "./line.js";
import { ascii, hex, sha256, unhex } from "./sha256.js";

const CACHE = "ujian-paket";
const PATIENCE = 30_000;
const SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const MAGIC = "KPK1";
export const CODE_LENGTH = 10;

// `reason` is one of: offline, busy, early, over, closed, refused, login, missing, damaged, code, plain;
// `after` how many milliseconds to try again, where that is known.
export class Trouble extends Error {
  constructor(reason, after = 0) {
    super(reason);
    Object.assign(this, { reason, after });
  }
}

export async function fetchTicket(ref, patience = PATIENCE) {
  const response = await get(`/ujian/${ref}/tiket.json`, { cache: "no-store", signal: within(patience) });
  const { status, redirected, url } = response;
  // To our own log-in, that is; a network that sends everybody to its own page is no line.
  if (redirected) throw new Trouble(new URL(url).origin === location.origin ? "login" : "offline");
  const known = { 401: "login", 403: "login", 404: "missing", 410: "closed", 429: "busy", 503: "busy" };
  if (known[status]) throw new Trouble(known[status], pause(response));
  const doc = response.ok ? await told(response) : null;
  if (doc?.attempt !== ref || typeof doc.ticket !== "string" || !doc.package) throw new Trouble("offline");
  return doc;
}

const told = (response) => object(response).catch(() => null);

// Returns the bytes of the package, from this device or by line; `stores` keeps them under the sitting.
export async function fetchPackage({ sitting, package: { url, sha256: digest } }, stores) {
  const kept = (await fromStores(stores, sitting, digest)) ?? (await fromCache(url, digest));
  if (kept) return kept;
  const response = await get(url);
  if (!response.ok) throw new Trouble("offline");
  const bytes = new Uint8Array(await response.arrayBuffer().catch(() => { throw new Trouble("offline"); }));
  if (hex(sha256(bytes)) !== digest) throw new Trouble(isPackage(bytes) ? "damaged" : "offline");
  await keep(url, bytes, stores, sitting);
  return bytes;
}

export async function isKept({ sitting, package: { url, sha256: digest } }, stores) {
  return Boolean((await fromStores(stores, sitting, digest)) ?? (await fromCache(url, digest)));
}

async function keep(url, bytes, stores, sitting) {
  const name = `${sitting}/paket`;
  await stores.replace(name, [encode(bytes)]).catch(() => {});
  // It is not written again: what the stores hold in memory would weigh on small phones.
  stores.written.delete(name);
  if (!globalThis.caches) return;
  const copy = new Response(bytes, { headers: { "Content-Type": "application/octet-stream" } });
  await caches.open(CACHE).then((cache) => cache.put(url, copy)).catch(() => {});
}

// Removes what is kept of a sitting's paper, every package of it.
export async function dropPackage(sitting, stores) {
  await stores.remove(`${sitting}/paket`);
  const cache = await globalThis.caches?.open(CACHE).catch(() => null);
  for (const { url } of (await cache?.keys()) ?? []) {
    if (new URL(url).pathname.startsWith(`/ujian/paket/${sitting}.`)) await cache.delete(url);
  }
}

async function fromStores(stores, sitting, digest) {
  const name = `${sitting}/paket`;
  const found = await stores.load(name, (lines) => {
    const bytes = lines.length === 1 ? decode(lines[0]) : null;
    return { value: bytes && hex(sha256(bytes)) === digest ? bytes : null, weight: 1, lines };
  });
  stores.written.delete(name);
  return found;
}

async function fromCache(url, digest) {
  const found = await globalThis.caches?.match(url).catch(() => null);
  const bytes = found ? new Uint8Array(await found.arrayBuffer()) : null;
  return bytes && hex(sha256(bytes)) === digest ? bytes : null;
}

const isPackage = (bytes) => new TextDecoder().decode(bytes.subarray(0, 4)) === MAGIC;

export function header(bytes) {
  if (!isPackage(bytes)) throw new Trouble("damaged");
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(4);
  return JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
}

// Returns the paper that the key (32 bytes) opens.
export async function opened(bytes, key) {
  if (!globalThis.crypto?.subtle) throw new Trouble("plain");
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(4);
  const head = bytes.subarray(8, 8 + length);
  const how = { name: "AES-GCM", iv: unhex(header(bytes).nonce), additionalData: head };
  const packed = await decrypt(key, how, bytes.subarray(8 + length));
  const plain = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(plain).json();
}

// Over plain http the browser has no AES: the node in the room hands the paper out once it is opened.
export async function openedByNode(ref, ticket) {
  const response = await get(`/ujian/${ref}/lembar.json`, { headers: { "X-Ticket": ticket }, cache: "no-store" });
  const paper = response.ok ? await told(response) : null;
  if (!Array.isArray(paper?.cases)) throw new Trouble(response.status === 410 ? "over" : "offline");
  return paper;
}

// Reads a code as people write it: small letters, gaps, I and L for 1, O for 0. Signs that no code
// has are left out, so that what remains can be counted.
export function readCode(text) {
  const plain = text.toUpperCase().replace(/[IL]/g, "1").replace(/O/g, "0");
  return [...plain].filter((sign) => SIGNS.includes(sign)).join("");
}

// Returns the key that the code unwraps; a wrong code is a Trouble of reason "code".
export async function keyFromCode(bytes, code) {
  if (!globalThis.crypto?.subtle) throw new Trouble("plain");
  const { salt, rounds, nonce, key } = header(bytes).wrap;
  const secret = await crypto.subtle.importKey("raw", ascii(code), "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: unhex(salt), iterations: rounds };
  const wrapping = new Uint8Array(await crypto.subtle.deriveBits(how, secret, 256));
  try {
    return await decrypt(wrapping, { name: "AES-GCM", iv: unhex(nonce) }, unhex(key));
  } catch {
    throw new Trouble("code");
  }
}

async function decrypt(key, how, bytes) {
  const imported = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["decrypt"]);
  return new Uint8Array(await crypto.subtle.decrypt(how, imported, bytes));
}

async function get(url, options) {
  try {
    return await fetch(url, { signal: within(PATIENCE), ...options });
  } catch {
    throw new Trouble("offline");
  }
}

function encode(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

function decode(text) {
  try {
    return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  } catch {
    return null;
  }
}
