// What stands on a device as one code: to be typed, sent by SMS or scanned. The same bytes as on the
// server (docs/rooms/exam-protocol.md, section 9); tests/make/handin_vectors.json holds both to it.
import { encode } from "./base45.js";
import { ascii, hmac, join, sha256, unhex } from "./sha256.js";

const REF = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const TAG = 8;
const WORDS = (
  "air anak angin api atap awan ayam bambu bata beras bintang buku bulan bunga bus cermin daun desa" +
  " dinding emas gajah garam gula gunung guru hujan ikan jalan jambu jeruk kaca kapal kayu kebun" +
  " kelapa kereta kertas kopi kota kuda kunci laut lampu langit madu malam mangga matahari nasi" +
  " padi pagi pantai pasar pensil perahu pintu pohon rumah rusa sapi sawah sungai susu teh"
).split(" ");

// `choices` has one sign for each item of the form, "-" for a blank; `seconds` is the wall clock of the
// last answer, `head` the last hash, `key` the attempt's key as bytes; `partial` says that there are texts
// on the device, which no code carries.
export function pack({ attempt, count, seconds, head, choices, partial = false }, key) {
  const base = /[ef]/.test(choices) ? 7 : 5;
  const body = join(
    Uint8Array.of((base === 5 ? 2 : 1) + (partial ? 2 : 0)),
    bytesOf(numbered(attempt, REF), 7),
    bytesOf(BigInt(count), 2),
    bytesOf(BigInt(seconds), 4),
    unhex(head).slice(0, 8),
    Uint8Array.of(choices.length),
    bytesOf(numbered(choices, "-abcdef", base), size(choices.length, base)),
  );
  return join(body, hmac(key, body).slice(0, TAG));
}

// As it is typed and put into addresses: nothing that an address would rewrite or an SMS would drop.
export function written(code) {
  return encode(code).replaceAll(" ", "_").replaceAll("%", "=");
}

// Four words that the invigilator's screen shows too, once the answers have come in.
export function words(attempt, head) {
  const drawn = sha256(ascii(`kompeten/words/1|${attempt}|${head.slice(0, 16)}`));
  return Array.from(drawn.slice(0, 4), (byte) => WORDS[byte % WORDS.length]);
}

// The choices of all items in the order of the form, from {item: choice}.
export function choices(answers, items) {
  return Array.from({ length: items }, (_, n) => answers[n + 1] || "-").join("");
}

function numbered(text, signs, base = signs.length) {
  return [...text].reduce((sum, sign) => sum * BigInt(base) + BigInt(signs.indexOf(sign)), 0n);
}

function size(items, base) {
  return Math.ceil((BigInt(base) ** BigInt(items) - 1n || 0n).toString(2).replace(/^0$/, "").length / 8);
}

function bytesOf(number, length) {
  const bytes = new Uint8Array(length);
  for (let at = length - 1, rest = number; at >= 0; at--, rest >>= 8n) bytes[at] = Number(rest & 0xffn);
  return bytes;
}
