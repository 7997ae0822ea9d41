// A text as a QR code: byte or alphanumeric mode, versions 1 to 20, level M (15 % may be worn off).
// A device without a line has nobody to draw it, so it draws its own.
// Source: ISO/IEC 18004:2015; clause numbers stand where a step is.
import { blank, masked, penalty, place } from "./qr_modules.js";

const ALNUM = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const LARGEST = 20;
// Level M by version (table 9): error correction words of each block, and blocks.
const CORRECTION = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26];
const BLOCKS = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16];
const EXP = new Uint8Array(510);
const LOG = new Uint8Array(256);
for (let n = 0, x = 1; n < 255; n++, x = x & 0x80 ? (x << 1) ^ 0x11d : x << 1) {
  EXP[n] = EXP[n + 255] = x;
  LOG[x] = n;
}

// Returns {size, version, mask, dark}: `dark` row by row, 1 for a dark module, no quiet zone.
// Throws RangeError where the text is too long.
export function matrix(text) {
  const mode = [...text].every((sign) => ALNUM.includes(sign)) ? 2 : 4;
  const bytes = new TextEncoder().encode(text);
  const version = smallest(mode, mode === 2 ? text.length : bytes.length);
  const words = interleaved(dataWords(mode, mode === 2 ? text : bytes, version), version);
  const plan = blank(version);
  place(plan, words);
  let best = null;
  for (let mask = 0; mask < 8; mask++) {
    const tried = masked(plan, mask);
    const cost = penalty(tried, plan.size);
    if (!best || cost < best.cost) best = { cost, mask, dark: tried };
  }
  return { size: plan.size, version, mask: best.mask, dark: best.dark };
}

// Returns the code as an SVG element with its quiet zone of four modules; `title` is read out.
export function svg(text, title) {
  const { size, dark } = matrix(text);
  const make = (name, attributes, ...inside) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...inside);
    return made;
  };
  let path = "";
  for (let r = 0; r < size; r++) {
    for (let c = 0; c < size; c++) {
      if (!dark[r * size + c]) continue;
      let end = c;
      while (end < size && dark[r * size + end]) end++;
      path += `M${c} ${r}h${end - c}v1h-${end - c}z`;
      c = end;
    }
  }
  const box = `-4 -4 ${size + 8} ${size + 8}`;
  return make(
    "svg", { viewBox: box, role: "img", "shape-rendering": "crispEdges", class: "x-qr" },
    make("title", {}, title),
    make("rect", { x: -4, y: -4, width: size + 8, height: size + 8, fill: "#fff" }),
    make("path", { d: path, fill: "#000" }),
  );
}

function capacity(version) {
  return total(version) - CORRECTION[version - 1] * BLOCKS[version - 1];
}

// Words of all kinds that a version holds (7.1, table 1): its modules less those that are patterns.
function total(version) {
  let modules = (16 * version + 128) * version + 64;
  if (version > 1) {
    const across = Math.floor(version / 7) + 2;
    modules -= (25 * across - 10) * across - 55;
    if (version > 6) modules -= 36;
  }
  return modules >> 3;
}

function countBits(mode, version) {
  if (mode === 2) return version < 10 ? 9 : 11;
  return version < 10 ? 8 : 16;
}

function smallest(mode, length) {
  const bits = mode === 2 ? Math.floor(length / 2) * 11 + (length % 2) * 6 : length * 8;
  for (let version = 1; version <= LARGEST; version++) {
    if (4 + countBits(mode, version) + bits <= capacity(version) * 8) return version;
  }
  throw new RangeError("the text is too long for one code");
}

// 7.4: mode, count, content, terminator, padding.
function dataWords(mode, content, version) {
  const bits = [];
  const put = (value, length) => {
    for (let n = length - 1; n >= 0; n--) bits.push((value >>> n) & 1);
  };
  put(mode, 4);
  put(content.length, countBits(mode, version));
  if (mode === 4) for (const byte of content) put(byte, 8);
  else {
    for (let n = 0; n < content.length; n += 2) {
      const [a, b] = [ALNUM.indexOf(content[n]), ALNUM.indexOf(content[n + 1] ?? "0")];
      if (n + 1 < content.length) put(a * 45 + b, 11);
      else put(a, 6);
    }
  }
  const room = capacity(version) * 8;
  put(0, Math.min(4, room - bits.length));
  put(0, (8 - (bits.length % 8)) % 8);
  for (let pad = 0xec; bits.length < room; pad ^= 0xec ^ 0x11) put(pad, 8);
  const words = new Uint8Array(room / 8);
  bits.forEach((bit, n) => { words[n >> 3] |= bit << (7 - (n & 7)); });
  return words;
}

// 7.5 and 7.6: each block gets its correction words, then all are sent a word of each in turn.
function interleaved(words, version) {
  const count = BLOCKS[version - 1];
  const correction = CORRECTION[version - 1];
  const short = Math.floor(words.length / count);
  const longer = words.length % count;
  const generator = generated(correction);
  const blocks = [];
  for (let n = 0, at = 0; n < count; n++) {
    const length = short + (n >= count - longer ? 1 : 0);
    const data = words.subarray(at, at + length);
    blocks.push({ data, ends: remainder(data, generator) });
    at += length;
  }
  const sent = [];
  for (let n = 0; n <= short; n++) for (const { data } of blocks) if (n < data.length) sent.push(data[n]);
  for (let n = 0; n < correction; n++) for (const { ends } of blocks) sent.push(ends[n]);
  return sent;
}

function times(a, b) {
  return a && b ? EXP[LOG[a] + LOG[b]] : 0;
}

// (x - 2^0)(x - 2^1)… without its leading 1, the highest power first.
function generated(degree) {
  let found = [1];
  for (let n = 0; n < degree; n++) {
    const next = [...found, 0];
    found.forEach((term, at) => { next[at + 1] ^= times(term, EXP[n]); });
    found = next;
  }
  return found.slice(1);
}

function remainder(data, generator) {
  const rest = new Uint8Array(generator.length);
  for (const word of data) {
    const factor = word ^ rest[0];
    rest.copyWithin(0, 1);
    rest[rest.length - 1] = 0;
    generator.forEach((term, at) => { rest[at] ^= times(term, factor); });
  }
  return rest;
}
