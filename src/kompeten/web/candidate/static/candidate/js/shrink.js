// How does a photo become small and stay readable? Drawn anew on a canvas: upright, and with nothing of
// what a camera writes beside it, such as where it was taken.
import { extent, straighten } from "./paper.js";

const WORKING = 2200; // points of the longer side that a cheap phone can still hold and turn
const FINE = 1600; // of what is sent: 137 dots to the inch on A4
const LEAST = 900;
const PAGE_BYTES = 88_000; // four documents and what surrounds them stay below 400 kB
const QUALITIES = [0.72, 0.6, 0.5, 0.42];

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

export function jpeg(canvas, quality) {
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
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
