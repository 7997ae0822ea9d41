// Bytes as signs that every QR code, SMS and keyboard has: base 45 (RFC 9285), three signs for two bytes.

const SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

export function encode(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 2) {
    const pair = at + 1 < bytes.length;
    let number = pair ? bytes[at] * 256 + bytes[at + 1] : bytes[at];
    for (let n = pair ? 3 : 2; n > 0; n--) {
      text += SIGNS[number % 45];
      number = Math.floor(number / 45);
    }
  }
  return text;
}

// Throws RangeError where the text is no base 45.
export function decode(text) {
  if (text.length % 3 === 1) throw new RangeError("base 45 comes in twos and threes");
  const bytes = [];
  for (let at = 0; at < text.length; at += 3) {
    const signs = [...text.slice(at, at + 3)].map((sign) => SIGNS.indexOf(sign));
    const number = signs.reduceRight((sum, place) => sum * 45 + place, 0);
    if (signs.includes(-1) || number > (signs.length === 3 ? 0xffff : 0xff)) {
      throw new RangeError("this is not base 45");
    }
    if (signs.length === 3) bytes.push(number >> 8);
    bytes.push(number & 0xff);
  }
  return Uint8Array.from(bytes);
}
