// Everything a device recorded, as one file, and the file as frames that QR codes can show one by one.
// docs/rooms/exam-protocol.md, section 9; tests/make/handin_vectors.json.
import { ascii, hex, hmac, sha256, unhex } from "./sha256.js";

const FRAME = 210; // bytes: a code that a cheap camera still reads off a phone
export const SHAPE = /^F([1-9][0-9]{0,2})\.([1-9][0-9]{0,2})\.([0-9a-f]{8})\.[A-Za-z0-9_-]+$/;

// `chains` as Chain has them; `receipts` of this device, put with the chain they are for.
export function file({ attempt, ticket, key, chains, receipts = [] }) {
  const listed = chains
    .filter(({ links }) => links.length)
    .map(({ chain, parent, links, ...more }) => ({
      chain, parent, links, receipts: more.receipts ?? receipts.filter((text) => text.split(".")[2] === chain),
    }));
  return ascii(JSON.stringify({ v: 1, attempt, ticket, chains: listed, tag: tag(listed, key) }));
}

export function tag(listed, key) {
  const plain = listed.map(({ chain, links, parent }) => ({ chain, links, parent }));
  return hex(hmac(unhex(key), ascii(JSON.stringify(plain))).slice(0, 16));
}

// The frames, in order; packed first where the device can, so that there are a third as many.
export function cut(content, size = FRAME) {
  const count = Math.ceil(content.length / size);
  const name = hex(sha256(content)).slice(0, 8);
  return Array.from({ length: count }, (_, n) =>
    `F${n + 1}.${count}.${name}.${base64url(content.slice(n * size, (n + 1) * size))}`);
}

export async function packed(content) {
  if (!globalThis.CompressionStream) return content;
  const stream = new Blob([content]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

// Adds a frame to those at hand; frames of another file begin anew. Returns {have, of, frames}.
export function collect(held, frame) {
  const [, number, of, name] = SHAPE.exec(frame);
  const same = held?.name === name && held.of === Number(of);
  const frames = { ...(same ? held.frames : {}), [number]: frame };
  return { name, of: Number(of), frames, have: Object.keys(frames).length };
}

function base64url(bytes) {
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}
