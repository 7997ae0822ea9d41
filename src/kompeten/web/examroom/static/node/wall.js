// Draws the address of the room as a QR code, without anybody's help from outside. The module that
// draws is that of the paper's page, and the page says where it lies.
for (const place of document.querySelectorAll("[data-n-qr]")) {
  const { svg } = await import(place.dataset.nModule);
  place.append(svg(place.dataset.nQr, place.dataset.nTitle));
}
