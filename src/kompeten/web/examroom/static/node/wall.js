// Draws the address of the room as a QR code, without anybody's help from outside.
import { svg } from "../examroom/qr.js";

for (const place of document.querySelectorAll("[data-n-qr]")) {
  place.append(svg(place.dataset.nQr, place.dataset.nTitle));
}
