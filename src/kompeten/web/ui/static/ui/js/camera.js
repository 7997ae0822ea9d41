// Reads a QR code with the camera and hands its text in. Shown only where the browser can read codes
// itself; elsewhere a photo of the code does the same, and the server reads it. Nothing is recorded.
const EVERY_MS = 200;

export async function wake(places) {
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices?.getUserMedia) return;
  const formats = await BarcodeDetector.getSupportedFormats().catch(() => []);
  if (!formats.includes("qr_code")) return;
  for (const place of places) offer(place, new BarcodeDetector({ formats: ["qr_code"] }));
}

function offer(place, detector) {
  const [start, stop] = place.querySelectorAll("button");
  const video = place.querySelector("video");
  const told = place.querySelector("[role=status]");
  let stream = null;

  function end(said = "") {
    stream?.getTracks().forEach((track) => track.stop());
    stream = null;
    video.hidden = stop.hidden = true;
    start.hidden = false;
    told.textContent = said;
  }

  async function look() {
    if (!stream) return;
    const found = await detector.detect(video).catch(() => []);
    const text = found.map((code) => code.rawValue).find((value) => value.includes("#"));
    if (!stream) return;
    if (text) {
      const form = place.closest("form");
      end(place.dataset.found);
      form.elements[place.dataset.kCamera].value = text;
      form.requestSubmit();
    } else setTimeout(look, EVERY_MS);
  }

  start.addEventListener("click", async () => {
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch {
      end(place.dataset.refused);
      return;
    }
    video.srcObject = stream;
    await video.play();
    video.hidden = stop.hidden = false;
    start.hidden = true;
    told.textContent = place.dataset.looking;
    look();
  });
  stop.addEventListener("click", () => end());
  window.addEventListener("pagehide", () => end());
  end();
  place.hidden = false;
}
