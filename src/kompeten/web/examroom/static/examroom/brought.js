// The side that takes answers in: what a camera read goes into the form, moving codes are gathered
// until they are whole, and the receipt is drawn as a QR code.
import { SHAPE, collect } from "./frames.js";
import { svg } from "./qr.js";

const PLACE = "serah:bagian";
const EVERY = 120; // milliseconds between two looks of the camera
const one = (hook) => document.querySelector(`[data-x-${hook}]`);
const form = one("brought");
let memory = null; // where the browser keeps nothing

for (const place of document.querySelectorAll("[data-x-qr-text]")) {
  place.append(svg(place.dataset.xQrText, place.dataset.xQrTitle));
}
if (form) {
  take(hash());
  window.addEventListener("hashchange", () => take(hash()));
  offerCamera();
} else forget();

function hash() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return location.hash.slice(1);
  }
}

// Returns true when the answers are whole and on their way.
function take(text) {
  const read = text.slice(text.lastIndexOf("#") + 1).trim();
  if (!read) return false;
  history.replaceState(null, "", location.pathname);
  if (!SHAPE.test(read)) return send(read);
  const held = collect(remembered(), read);
  remember(held);
  const progress = one("progress");
  progress.hidden = false;
  one("parts").textContent = progress.dataset.say.replace("{have}", held.have).replace("{of}", held.of);
  Object.assign(one("bar"), { value: held.have, max: held.of });
  return held.have === held.of && send(Object.values(held.frames).join("\n"));
}

function send(text) {
  forget();
  form.elements.teks.value = text;
  form.elements.lewat.value = "qr";
  form.requestSubmit();
  return true;
}

// A phone's own camera opens a page for each part; they are the same browser's, so they meet here.
function remembered() {
  try {
    return JSON.parse(localStorage.getItem(PLACE)) ?? memory;
  } catch {
    return memory;
  }
}

function remember(held) {
  try {
    localStorage.setItem(PLACE, JSON.stringify(held));
  } catch {
    // A private window: the parts can still be read one after the other by the camera on this page.
    memory = held;
  }
}

function forget() {
  try {
    localStorage.removeItem(PLACE);
  } catch {
    // Nothing was kept there then.
  }
}

async function offerCamera() {
  if (!globalThis.BarcodeDetector || !navigator.mediaDevices?.getUserMedia) return;
  const known = await BarcodeDetector.getSupportedFormats().catch(() => []);
  if (!known.includes("qr_code")) return;
  one("camera").hidden = false;
  one("scan").addEventListener("click", scan);
}

async function scan() {
  const video = one("video");
  try {
    video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch {
    one("no-camera").hidden = false;
    return;
  }
  video.hidden = false;
  one("scan").hidden = true;
  await video.play();
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  const look = async () => {
    const found = await detector.detect(video).catch(() => []);
    if (found.some(({ rawValue }) => take(rawValue))) return stop(video);
    setTimeout(look, EVERY);
  };
  look();
}

function stop(video) {
  for (const track of video.srcObject.getTracks()) track.stop();
  video.hidden = true;
}
