// On pages that are about something else: one line says what is still on its way, another one what was
// photographed and waits to be sent.
import { waiting } from "./pages.js";
import { begin } from "./outbox.js";

const place = document.querySelector("[data-k-outbox]");
const box = begin(place, show);
if (box) remind();

async function show({ state, trouble }) {
  const left = (await box.entries()).filter((entry) => entry.state === "waiting").length;
  const { sending, arrived, refused } = place.dataset;
  const words = left ? (place.dataset[trouble] ?? sending) : state === "arrived" ? arrived : refused;
  place.hidden = false;
  place.querySelector("[role=status]").textContent = words.replace("{}", left);
}

async function remind() {
  const papers = (await waiting(box.who)).filter(({ count }) => count);
  if (!papers.length) return;
  const note = document.querySelector("[data-k-pages]");
  const pages = papers.reduce((sum, { count }) => sum + count, 0);
  note.querySelector("span").textContent = note.dataset.kPages.replace("{}", pages);
  note.querySelector("a").href = papers[0].place;
  note.hidden = false;
}
