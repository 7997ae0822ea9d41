// How does a photo become small and stay readable? Drawn anew on a canvas: upright, and with nothing of
// what a camera writes beside it, such as where it was taken. Several become one PDF.
import { extent, straighten } from "./paper.js";

const WORKING = 2200; // points of the longer side that a cheap phone can still hold and turn
const FINE = 1600; // of what is sent: 137 dots to the inch on A4
const LEAST = 900;
const PAGE_BYTES = 88_000; // four documents and what surrounds them stay below 400 kB
const QUALITIES = [0.72, 0.6, 0.5, 0.42];
const A4 = [595, 842];

// Returns a canvas with the picture upright.
// Rejects with an error where the browser cannot read the file as a picture.
export async function drawn(file) {
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, WORKING / Math.max(bitmap.width, bitmap.height));
  const canvas = blank(Math.round(bitmap.width * scale), Math.round(bitmap.height * scale));
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.imageSmoothingQuality = "high";
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return canvas;
}

export function blank(width, height) {
  return Object.assign(document.createElement("canvas"), { width, height });
}

export function pixels(canvas) {
  return canvas.getContext("2d", { willReadFrequently: true }).getImageData(0, 0, canvas.width, canvas.height);
}

export function reduced(canvas, side) {
  const scale = Math.min(1, side / Math.max(canvas.width, canvas.height));
  const small = blank(Math.max(1, Math.round(canvas.width * scale)), Math.max(1, Math.round(canvas.height * scale)));
  const pen = small.getContext("2d", { willReadFrequently: true });
  pen.imageSmoothingQuality = "high";
  pen.drawImage(canvas, 0, 0, small.width, small.height);
  return small;
}

// A quarter turn to the right.
export function turned(canvas) {
  const turn = blank(canvas.height, canvas.width);
  const pen = turn.getContext("2d", { willReadFrequently: true });
  pen.translate(turn.width, 0);
  pen.rotate(Math.PI / 2);
  pen.drawImage(canvas, 0, 0);
  return turn;
}

// Cuts what lies between the corners; returns a canvas and the shorter side it had in the photo.
export function cut(canvas, quad) {
  const size = extent(quad, canvas);
  const scale = Math.min(1, FINE / Math.max(...size));
  const [width, height] = size.map((length) => Math.max(1, Math.round(length * scale)));
  const flat = straighten(pixels(canvas), quad, width, height);
  const page = blank(width, height);
  page.getContext("2d").putImageData(new ImageData(flat.data, width, height), 0, 0);
  return { page, side: Math.min(...size) };
}

// Rejects where the device has no memory left for it.
export function jpeg(canvas, quality) {
  return new Promise((done, fail) => {
    canvas.toBlob((blob) => (blob ? done(blob) : fail(new DOMException("", "EncodingError"))), "image/jpeg", quality);
  });
}

// Returns {blob, width, height}, a JPEG within the budget: first less fine in its grain, then in its size.
export async function shrunk(page) {
  for (let side = Math.min(FINE, Math.max(page.width, page.height)); ; side *= 0.85) {
    const smaller = reduced(page, side);
    for (const quality of QUALITIES) {
      const blob = await jpeg(smaller, quality);
      const last = side * 0.85 < LEAST && quality === QUALITIES.at(-1);
      if (blob.size > PAGE_BYTES && !last) continue;
      return { blob, width: smaller.width, height: smaller.height };
    }
  }
}

// `pages` are {jpeg: Uint8Array, width, height}; returns the bytes of a PDF: each fills its page, no larger
// than A4. Nothing else is in it, no name, no date, no programme.
export function bind(pages) {
  const file = new Writer();
  file.text("%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\n");
  const kids = pages.map((_, n) => `${3 + 3 * n} 0 R`).join(" ");
  file.object("<</Type/Catalog/Pages 2 0 R>>");
  file.object(`<</Type/Pages/Count ${pages.length}/Kids[${kids}]>>`);
  pages.forEach((page, n) => leaf(file, page, 3 + 3 * n));
  return file.end();
}

function leaf(file, { jpeg, width, height }, number) {
  const [wide, high] = width > height ? [A4[1], A4[0]] : A4;
  const scale = Math.min(wide / width, high / height);
  const [w, h] = [width * scale, height * scale].map((length) => length.toFixed(2));
  const drawing = `q ${w} 0 0 ${h} 0 0 cm /P Do Q`;
  const resources = `/Resources<</XObject<</P ${number + 2} 0 R>>>>`;
  file.object(`<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${w} ${h}]${resources}/Contents ${number + 1} 0 R>>`);
  file.object(`<</Length ${drawing.length}>>`, drawing);
  const kind = `/Type/XObject/Subtype/Image/Width ${width}/Height ${height}/ColorSpace/DeviceRGB/BitsPerComponent 8`;
  file.object(`<<${kind}/Filter/DCTDecode/Length ${jpeg.length}>>`, jpeg);
}

class Writer {
  constructor() {
    this.parts = [];
    this.length = 0;
    this.starts = [];
  }

  text(text) {
    this.bytes(Uint8Array.from(text, (letter) => letter.charCodeAt(0)));
  }

  bytes(bytes) {
    this.parts.push(bytes);
    this.length += bytes.length;
  }

  object(dictionary, stream = null) {
    this.starts.push(this.length);
    this.text(`${this.starts.length} 0 obj\n${dictionary}\n`);
    if (stream !== null) {
      this.text("stream\n");
      if (typeof stream === "string") this.text(stream);
      else this.bytes(stream);
      this.text("\nendstream\n");
    }
    this.text("endobj\n");
  }

  end() {
    const table = this.length;
    const rows = this.starts.map((start) => `${String(start).padStart(10, "0")} 00000 n \n`).join("");
    const size = this.starts.length + 1;
    this.text(`xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<</Size ${size}/Root 1 0 R>>\nstartxref\n${table}\n%%EOF\n`);
    const file = new Uint8Array(this.length);
    let at = 0;
    for (const part of this.parts) {
      file.set(part, at);
      at += part.length;
    }
    return file;
  }
}
