// On pages that are about something else: one line says what is still on its way.
import { begin } from "./sending.js";

const place = document.querySelector("[data-k-outbox]");
const box = begin(place, show);

async function show({ state, trouble }) {
  const waiting = (await box.entries()).filter((entry) => entry.state === "waiting").length;
  const { sending, arrived, refused } = place.dataset;
  const words = waiting ? (place.dataset[trouble] ?? sending) : state === "arrived" ? arrived : refused;
  place.hidden = false;
  place.querySelector("[role=status]").textContent = words.replace("{}", waiting);
}
