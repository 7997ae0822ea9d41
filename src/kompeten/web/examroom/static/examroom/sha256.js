// SHA-256 and HMAC, at once and everywhere. The browser's own are slower to ask than this is to run
// (a link is two blocks), and pages over plain http, as in a room without internet, do not have them.
// Source: FIPS 180-4, RFC 2104. All takes and gives Uint8Array.

const K = new Uint32Array(64);
const START = new Uint32Array(8);
constants();

export function sha256(bytes) {
  const padded = new Uint8Array(((bytes.length + 72) >> 6) << 6);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(padded.length - 4, bytes.length << 3);
  const state = START.slice();
  for (let at = 0; at < padded.length; at += 64) block(state, view, at);
  const out = new DataView(new ArrayBuffer(32));
  state.forEach((word, n) => out.setUint32(n * 4, word));
  return new Uint8Array(out.buffer);
}

export function hmac(key, bytes) {
  const pad = new Uint8Array(64);
  pad.set(key.length > 64 ? sha256(key) : key);
  const inner = sha256(join(pad.map((byte) => byte ^ 0x36), bytes));
  return sha256(join(pad.map((byte) => byte ^ 0x5c), inner));
}

export const ascii = (text) => new TextEncoder().encode(text);

export const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

export const unhex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));

export function join(...parts) {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function block(state, view, at) {
  const w = new Uint32Array(64);
  for (let n = 0; n < 16; n++) w[n] = view.getUint32(at + n * 4);
  for (let n = 16; n < 64; n++) {
    const a = w[n - 15], b = w[n - 2];
    const s0 = turn(a, 7) ^ turn(a, 18) ^ (a >>> 3);
    const s1 = turn(b, 17) ^ turn(b, 19) ^ (b >>> 10);
    w[n] = w[n - 16] + s0 + w[n - 7] + s1;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let n = 0; n < 64; n++) {
    const t1 = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[n] + w[n]) | 0;
    const t2 = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, n) => { state[n] += word; });
}

function turn(word, by) {
  return (word >>> by) | (word << (32 - by));
}

// The constants are the first bits of the roots of the first primes, so they need not be written out.
function constants() {
  const bits = (root) => (root - Math.floor(root)) * 2 ** 32;
  let count = 0;
  for (let n = 2; count < 64; n++) {
    let prime = true;
    for (let d = 2; d * d <= n; d++) if (n % d === 0) prime = false;
    if (!prime) continue;
    if (count < 8) START[count] = bits(Math.sqrt(n));
    K[count++] = bits(Math.cbrt(n));
  }
}
