// What a text says after its edits, `place.removed.inserted` each. The same as on the server
// (docs/rooms/exam-protocol.md, section 1); tests/make/chain_vectors.json holds both to it.

const PIECE = 360; // bytes of UTF-8 in one edit, so that it stays under 512 characters
const isHigh = (unit) => unit >= 0xd800 && unit < 0xdc00;
const isLow = (unit) => unit >= 0xdc00 && unit < 0xe000;

// The last edits count for nothing while they wait for others.
export function fold(edits) {
  const whole = edits.slice(0, edits.findLastIndex((edit) => !edit.endsWith(":")) + 1);
  const text = whole.reduce((said, edit) => {
    const [place, removed, coded] = edit.replace(/:$/, "").split(".");
    const start = Number(place);
    return said.slice(0, start) + decode(coded) + said.slice(start + Number(removed));
  }, "");
  return wellFormed(text).replaceAll("\0", "");
}

// The edits that take out `removed` units at `place` and put a text in.
export function written(place, removed, inserted) {
  const pieces = cut(inserted);
  return pieces.map((piece, n) => {
    const edit = `${place}.${removed}.${encode(piece)}${n < pieces.length - 1 ? ":" : ""}`;
    place += piece.length;
    removed = 0;
    return edit;
  });
}

// The edits from one text to another: what both have at the beginning and at the end stays. A sign of
// two units is never cut in half.
export function difference(old, text) {
  const shorter = Math.min(old.length, text.length);
  let start = 0;
  while (start < shorter && old[start] === text[start]) start += 1;
  if (start && isHigh(text.charCodeAt(start - 1))) start -= 1;
  let end = 0;
  while (end < shorter - start && old.at(-1 - end) === text.at(-1 - end)) end += 1;
  if (end && isLow(text.charCodeAt(text.length - end))) end -= 1;
  return written(start, old.length - start - end, text.slice(start, text.length - end));
}

function cut(text) {
  const pieces = [];
  let piece = "";
  let size = 0;
  for (const sign of text) {
    const point = sign.codePointAt(0);
    const width = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    if (size + width > PIECE) {
      pieces.push(piece);
      piece = "";
      size = 0;
    }
    piece += sign;
    size += width;
  }
  return [...pieces, piece];
}

function encode(text) {
  const bytes = new TextEncoder().encode(text);
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function decode(coded) {
  const plain = atob(coded.replaceAll("-", "+").replaceAll("_", "/"));
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(Uint8Array.from(plain, (sign) => sign.charCodeAt(0)));
}

// Half of a sign says nothing.
function wellFormed(text) {
  return Array.from(text, (sign) => (/^[\ud800-\udfff]$/.test(sign) ? "\ufffd" : sign)).join("");
}
