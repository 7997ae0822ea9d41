// Where the modules of a QR code stand: its patterns, the way of its bits, and the mask that suits it.
// Source: ISO/IEC 18004:2015; clause numbers stand where a step is.

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

// The patterns of a version (6.3), with `fixed` where no data go.
export function blank(version) {
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
export function place({ size, dark, fixed }, words) {
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

export function masked({ size, dark, fixed }, mask) {
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
export function penalty(dark, size) {
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
