// On pages that are about something else: one line says what is still on its way, another one what was
// photographed and waits to be sent. What nobody asks for any more is let go.
import { letGo, waiting } from "./pages.js";
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
  tell(papers);
  const areOver = await Promise.all(papers.map(isOver));
  await letGo(box.who, papers.filter((_, n) => areOver[n]));
  tell(papers.filter((_, n) => !areOver[n]));
}

// Has the page of its documents no form for it? Where there is no line nobody knows; where somebody else
// has logged in, or must log in again, it is not theirs to say.
async function isOver({ key, place: path }) {
  const answer = await fetch(path).catch(() => null);
  if (![200, 404].includes(answer?.status) || answer.redirected) return false;
  const page = await answer.text().catch(() => "");
  return page.includes(`data-who="${box.who}"`) && !page.includes(`data-key="${key}"`);
}

function tell(papers) {
  const note = document.querySelector("[data-k-pages]");
  note.hidden = !papers.length;
  if (note.hidden) return;
  const pages = papers.reduce((sum, { count }) => sum + count, 0);
  note.querySelector("span").textContent = note.dataset.kPages.replace("{}", pages);
  note.querySelector("a").href = papers[0].place;
}
