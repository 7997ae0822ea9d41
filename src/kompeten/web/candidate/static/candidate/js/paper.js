// What of a photo is the paper, what does it look like straightened, and can it be read? Pure: pictures
// are {data, width, height} of RGBA bytes, as a canvas gives them. Corners are four [x, y] in parts of
// the picture (0 to 1), clockwise from the upper left.
export const WHOLE = [[0, 0], [1, 0], [1, 1], [0, 1]];

// Where it works: paper lighter than what it lies on, or a dark card on something light. Where it does
// not, null: then the whole picture stands, and a finger moves the corners.
export function findPaper(picture) {
  const { width, height } = picture;
  const light = grey(picture);
  const limit = otsu(light);
  const ground = frame(width, height).filter((at) => light[at] > limit).length * 2 > 2 * (width + height);
  const spot = largest(light.map((value) => (value > limit) !== ground), width, height);
  const shapes = [corners(spot, ([x, y]) => x + y, ([x, y]) => x - y), corners(spot, ([x]) => x, ([, y]) => y)];
  const [best] = shapes
    .map((quad) => ({ quad, off: Math.abs(spot.area / area(quad) - 1) }))
    .sort((one, other) => one.off - other.off);
  const share = best ? area(best.quad) / (width * height) : 0;
  if (!(best?.off < 0.15) || share < 0.04 || share > 0.97) return null;
  return best.quad.map(([x, y]) => [x / (width - 1), y / (height - 1)]);
}

export function grey({ data }) {
  const light = new Uint8Array(data.length / 4);
  for (let at = 0; at < light.length; at += 1) {
    light[at] = (data[4 * at] * 77 + data[4 * at + 1] * 150 + data[4 * at + 2] * 29) >> 8;
  }
  return light;
}

// The limit that parts light from dark best (Otsu 1979).
function otsu(light) {
  const counts = new Float64Array(256);
  for (const value of light) counts[value] += 1;
  const sum = counts.reduce((all, count, value) => all + count * value, 0);
  let [best, limit, below, lower] = [0, 127, 0, 0];
  counts.forEach((count, value) => {
    below += count;
    lower += count * value;
    const above = light.length - below;
    if (!below || !above) return;
    const apart = below * above * (lower / below - (sum - lower) / above) ** 2;
    if (apart > best) [best, limit] = [apart, value];
  });
  return limit;
}

function frame(width, height) {
  const row = [...Array(width).keys()];
  const column = [...Array(height).keys()];
  return [
    ...row, ...row.map((x) => (height - 1) * width + x),
    ...column.map((y) => y * width), ...column.map((y) => y * width + width - 1),
  ];
}

// The largest connected spot, with what it encloses: for each row from its first to its last point.
function largest(inside, width, height) {
  const seen = new Uint8Array(inside.length);
  let best = [];
  for (let start = 0; start < inside.length; start += 1) {
    if (!inside[start] || seen[start]) continue;
    const found = [start];
    seen[start] = 1;
    for (let next = 0; next < found.length; next += 1) {
      const at = found[next];
      const x = at % width;
      for (const to of [x > 0 && at - 1, x < width - 1 && at + 1, at - width, at + width]) {
        if (to === false || to < 0 || to >= inside.length || seen[to] || !inside[to]) continue;
        seen[to] = 1;
        found.push(to);
      }
    }
    if (found.length > best.length) best = found;
  }
  return { points: best.map((at) => [at % width, Math.floor(at / width)]), area: spans(best, width, height) };
}

function spans(points, width, height) {
  const first = new Int32Array(height).fill(width);
  const last = new Int32Array(height).fill(-1);
  for (const at of points) {
    const y = Math.floor(at / width);
    first[y] = Math.min(first[y], at % width);
    last[y] = Math.max(last[y], at % width);
  }
  return first.reduce((sum, from, y) => sum + Math.max(0, last[y] - from), 0);
}

// The four points that lie furthest out, along two measures that cross.
function corners({ points }, one, other) {
  if (!points.length) return WHOLE.map(() => [0, 0]);
  const out = [one, other].flatMap((measure) => [least(points, measure), least(points, (point) => -measure(point))]);
  const [middleX, middleY] = [0, 1].map((axis) => out.reduce((sum, point) => sum + point[axis], 0) / 4);
  const round = out.sort((a, b) => Math.atan2(a[1] - middleY, a[0] - middleX) - Math.atan2(b[1] - middleY, b[0] - middleX));
  const start = round.indexOf(least(round, ([x, y]) => x + y));
  return [...round.slice(start), ...round.slice(0, start)];
}

function least(points, measure) {
  let best = points[0];
  for (const point of points) if (measure(point) < measure(best)) best = point;
  return best;
}

function area(quad) {
  const turns = quad.map(([x, y], n) => x * quad[(n + 1) % 4][1] - quad[(n + 1) % 4][0] * y);
  return Math.abs(turns.reduce((sum, turn) => sum + turn, 0)) / 2;
}

// How large is the paper in the picture, in its own points? The longer of each two opposite edges.
export function extent(quad, { width, height }) {
  const far = (one, other) => Math.hypot((quad[one][0] - quad[other][0]) * width, (quad[one][1] - quad[other][1]) * height);
  return [Math.max(far(0, 1), far(3, 2)), Math.max(far(0, 3), far(1, 2))];
}

// Draws what lies between the corners as a rectangle, as if looked at from straight above (the
// projective map of the unit square, Heckbert 1989).
export function straighten(picture, quad, width, height) {
  const [p0, p1, p2, p3] = quad.map(([x, y]) => [x * (picture.width - 1), y * (picture.height - 1)]);
  const away = (axis) => [p1[axis] - p2[axis], p3[axis] - p2[axis], p0[axis] - p1[axis] + p2[axis] - p3[axis]];
  const [x1, x2, xs] = away(0);
  const [y1, y2, ys] = away(1);
  const g = (xs * y2 - ys * x2) / (x1 * y2 - x2 * y1);
  const h = (x1 * ys - y1 * xs) / (x1 * y2 - x2 * y1);
  const row = (axis) => [p1[axis] - p0[axis] + g * p1[axis], p3[axis] - p0[axis] + h * p3[axis], p0[axis]];
  const [a, b, c] = row(0);
  const [d, e, f] = row(1);
  const drawn = new Uint8ClampedArray(4 * width * height).fill(255);
  for (let y = 0, to = 0; y < height; y += 1) {
    const v = (y + 0.5) / height;
    for (let x = 0; x < width; x += 1, to += 4) {
      const u = (x + 0.5) / width;
      const w = g * u + h * v + 1;
      sample(picture, (a * u + b * v + c) / w, (d * u + e * v + f) / w, drawn, to);
    }
  }
  return { data: drawn, width, height };
}

function sample({ data, width, height }, x, y, drawn, to) {
  const left = Math.max(0, Math.min(width - 2, Math.floor(x)));
  const top = Math.max(0, Math.min(height - 2, Math.floor(y)));
  const [right, low] = [Math.max(0, Math.min(1, x - left)), Math.max(0, Math.min(1, y - top))];
  const at = 4 * (top * width + left);
  for (let colour = 0; colour < 3; colour += 1) {
    const upper = data[at + colour] * (1 - right) + data[at + 4 + colour] * right;
    const lower = data[at + 4 * width + colour] * (1 - right) + data[at + 4 * width + 4 + colour] * right;
    drawn[to + colour] = upper * (1 - low) + lower * low;
  }
}

const TILE = 32;
const CONTRAST = 15; // standard deviation of lightness, below which a tile shows nothing
const SHARP = 0.06;
const DARK = 70;
const SMALL = 700; // points of the shorter side in the photo, below which letters run together

// What stands against reading it: "blurred", "dark", "small". `side` is the shorter side of the paper
// in the photo. Sharpness is the variance of the Laplacian beside that of the lightness itself, where
// there is something to see; so neither pale ink nor an empty page counts as blurred.
export function faults(picture, side) {
  const light = grey(picture);
  const found = [];
  const sharp = sharpness(light, picture);
  if (sharp !== null && sharp < SHARP) found.push("blurred");
  if (light.reduce((sum, value) => sum + value, 0) / light.length < DARK) found.push("dark");
  if (side < SMALL) found.push("small");
  return found;
}

// Of the tiles with something in them the sharpest quarter's least, or null where there is none.
export function sharpness(light, { width, height }) {
  const found = [];
  for (let top = 1; top + TILE < height; top += TILE) {
    for (let left = 1; left + TILE < width; left += TILE) {
      const { plain, edges } = tile(light, width, left, top);
      if (plain > CONTRAST ** 2) found.push(edges / plain);
    }
  }
  return found.length < 4 ? null : found.sort((one, other) => one - other)[Math.floor(found.length * 0.75)];
}

function tile(light, width, left, top) {
  const [values, bends] = [spread(), spread()];
  for (let y = top; y < top + TILE; y += 1) {
    for (let at = y * width + left; at < y * width + left + TILE; at += 1) {
      values.add(light[at]);
      bends.add(light[at - 1] + light[at + 1] + light[at - width] + light[at + width] - 4 * light[at]);
    }
  }
  return { plain: values.variance(), edges: bends.variance() };
}

function spread() {
  let [count, sum, squares] = [0, 0, 0];
  return {
    add(value) {
      count += 1;
      sum += value;
      squares += value * value;
    },
    variance: () => squares / count - (sum / count) ** 2,
  };
}
