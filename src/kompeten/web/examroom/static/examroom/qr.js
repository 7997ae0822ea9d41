// A text as a QR code: byte or alphanumeric mode, versions 1 to 20, level M (15 % may be worn off).
// A device without a line has nobody to draw it, so it draws its own.
// Source: ISO/IEC 18004:2015; clause numbers stand where a step is.

const ALNUM = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const LARGEST = 20;
// Level M by version (table 9): error correction words of each block, and blocks.
const CORRECTION = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26];
const BLOCKS = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16];
const MASKS = [
  (r, c) => (r + c) % 2,
  (r) => r % 2,
  (r, c) => c % 3,
  (r, c) => (r + c) % 3,
  (r, c) => (Math.floor(r / 2) + Math.floor(c / 3)) % 2,
  (r, c) => ((r * c) % 2) + ((r * c) % 3),
  (r, c) => (((r * c) % 2) + ((r * c) % 3)) % 2,
  (r, c) => (((r + c) % 2) + ((r * c) % 3)) % 2,
];
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

// The patterns of a version (6.3), with `fixed` where no data go.
function blank(version) {
  const size = version * 4 + 17;
  const plan = { size, version, dark: new Uint8Array(size * size), fixed: new Uint8Array(size * size) };
  const set = (r, c, on) => {
    if (r < 0 || c < 0 || r >= size || c >= size) return;
    plan.dark[r * size + c] = on ? 1 : 0;
    plan.fixed[r * size + c] = 1;
  };
  for (let n = 0; n < size; n++) {
    set(6, n, n % 2 === 0);
    set(n, 6, n % 2 === 0);
  }
  for (const [r, c] of [[3, 3], [3, size - 4], [size - 4, 3]]) {
    for (let y = -4; y <= 4; y++) {
      for (let x = -4; x <= 4; x++) {
        const ring = Math.max(Math.abs(x), Math.abs(y));
        set(r + y, c + x, ring !== 2 && ring !== 4);
      }
    }
  }
  const spots = alignments(version, size);
  for (const r of spots) {
    for (const c of spots) {
      if ((r === 6 && c === 6) || (r === 6 && c === size - 7) || (r === size - 7 && c === 6)) continue;
      for (let y = -2; y <= 2; y++) {
        for (let x = -2; x <= 2; x++) set(r + y, c + x, Math.max(Math.abs(x), Math.abs(y)) !== 1);
      }
    }
  }
  plan.set = set;
  format(set, size, 0);
  if (version > 6) versionBits(set, size, version);
  return plan;
}

// Annex E.
function alignments(version, size) {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const step = Math.ceil((version * 4 + 4) / (count * 2 - 2)) * 2;
  const spots = [6];
  for (let n = 0; n < count - 1; n++) spots.splice(1, 0, size - 7 - n * step);
  return spots;
}

// 7.9: level M is 00; a BCH code, then a mask so that it is never all light.
function format(set, size, mask) {
  const bits = ((mask << 10) | rest(mask, 0x537, 10)) ^ 0x5412;
  const bit = (n) => (bits >>> n) & 1;
  for (let n = 0; n < 6; n++) set(n, 8, bit(n));
  set(7, 8, bit(6));
  set(8, 8, bit(7));
  set(8, 7, bit(8));
  for (let n = 9; n < 15; n++) set(8, 14 - n, bit(n));
  for (let n = 0; n < 8; n++) set(8, size - 1 - n, bit(n));
  for (let n = 8; n < 15; n++) set(size - 15 + n, 8, bit(n));
  set(size - 8, 8, 1);
}

// 7.10.
function versionBits(set, size, version) {
  const bits = (version << 12) | rest(version, 0x1f25, 12);
  for (let n = 0; n < 18; n++) {
    const [a, b] = [size - 11 + (n % 3), Math.floor(n / 3)];
    set(b, a, (bits >>> n) & 1);
    set(a, b, (bits >>> n) & 1);
  }
}

function rest(value, generator, degree) {
  let found = value;
  for (let n = 0; n < degree; n++) found = (found << 1) ^ ((found >>> (degree - 1)) * generator);
  return found;
}

// 7.7.3: two columns at a time from the right, up and down in turn.
function place({ size, dark, fixed }, words) {
  let at = 0;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5;
    for (let n = 0; n < size; n++) {
      const r = ((right + 1) & 2) === 0 ? size - 1 - n : n;
      for (const c of [right, right - 1]) {
        if (fixed[r * size + c]) continue;
        dark[r * size + c] = at < words.length * 8 ? (words[at >> 3] >>> (7 - (at & 7))) & 1 : 0;
        at++;
      }
    }
  }
}

function masked({ size, dark, fixed }, mask) {
  const tried = dark.slice();
  for (let r = 0; r < size; r++) {
    for (let c = 0; c < size; c++) {
      const here = r * size + c;
      if (!fixed[here] && MASKS[mask](r, c) === 0) tried[here] ^= 1;
    }
  }
  format((r, c, on) => { tried[r * size + c] = on ? 1 : 0; }, size, mask);
  return tried;
}

// 7.8.3: runs, blocks, what looks like a finder, and too much of one colour.
function penalty(dark, size) {
  let cost = 0;
  for (const [row, step] of [[size, 1], [1, size]]) {
    for (let n = 0; n < size; n++) cost += lineCost((at) => dark[n * row + at * step], size);
  }
  let on = 0;
  for (let r = 0; r < size; r++) {
    for (let c = 0; c < size; c++) {
      const here = r * size + c;
      on += dark[here];
      if (r + 1 === size || c + 1 === size) continue;
      const sum = dark[here] + dark[here + 1] + dark[here + size] + dark[here + size + 1];
      if (sum % 4 === 0) cost += 3;
    }
  }
  return cost + 10 * Math.floor(Math.abs((on * 20) / (size * size) - 10));
}

function lineCost(at, size) {
  let cost = 0;
  let run = 1;
  let bits = at(0);
  for (let n = 1; n < size; n++) {
    bits = ((bits << 1) | at(n)) & 0x7ff;
    if (at(n) === at(n - 1)) {
      run++;
      if (run === 5) cost += 3;
      else if (run > 5) cost++;
    } else run = 1;
    if (n >= 10 && (bits === 0x5d0 || bits === 0x05d)) cost += 40;
  }
  return cost;
}
