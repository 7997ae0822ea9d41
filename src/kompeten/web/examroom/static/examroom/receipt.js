// Is this the server's word that links are on disk? Protocol, section 3.
import { ascii } from "./sha256.js";

const TEXT = /^1\.([0-9A-Z]{10})\.([0-9a-f]{16})\.(\d+)\.(\d+)\.([0-9a-f]{64})\.(\d+)\.([a-z]+)\.([A-Za-z0-9_-]+)$/;

export function parse(text) {
  const found = TEXT.exec(text ?? "");
  if (!found) return null;
  const [, attempt, chain, first, last, head, received, via, signature] = found;
  return { attempt, chain, first: +first, last: +last, head, received: +received, via, signature, text };
}

// Returns the receipt when it stands for the links of `chain` up to its `last`, or null. Without
// WebCrypto (plain http in a room) the signature is kept unchecked; head and range are compared.
export async function verified(text, { chain, keys }) {
  const receipt = parse(text);
  if (!receipt || receipt.attempt !== chain.attempt || receipt.chain !== chain.chain) return null;
  if (receipt.last > chain.length || receipt.first > receipt.last) return null;
  if (receipt.head !== chain.hashAt(receipt.last)) return null;
  if (!globalThis.crypto?.subtle) return receipt;
  const signed = ascii(text.slice(0, text.lastIndexOf(".")));
  const signature = bytesOf(receipt.signature);
  for (const key of keys) {
    const imported = await importKey(key).catch(() => null);
    const how = { name: "ECDSA", hash: "SHA-256" };
    if (imported && (await crypto.subtle.verify(how, imported, signature, signed))) return receipt;
  }
  return null;
}

const imported = new Map();

function importKey({ kty, crv, x, y }) {
  const place = `${x}.${y}`;
  if (!imported.has(place)) {
    const curve = { name: "ECDSA", namedCurve: "P-256" };
    imported.set(place, crypto.subtle.importKey("jwk", { kty, crv, x, y }, curve, false, ["verify"]));
  }
  return imported.get(place);
}

function bytesOf(base64url) {
  const plain = atob(base64url.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}
