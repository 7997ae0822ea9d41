// The exam paper on a phone: one case at a time, each tap kept at once, the time from the server.
import { Outbox } from "./outbox.js";

const paper = document.querySelector("[data-x-paper]");
const text = (name) => paper.getAttribute(`data-x-text-${name}`);
const one = (hook) => document.querySelector(`[data-x-${hook}]`);
const cases = [...document.querySelectorAll("[data-x-case]")];
const items = [...document.querySelectorAll("[data-x-item]")];
const loadedAt = performance.now();
const seconds = Number(paper.dataset.xSeconds);
let here = 0;

const outbox = new Outbox({
  ref: paper.dataset.xRef,
  url: paper.dataset.xUrl,
  token: paper.dataset.xCsrf,
  tell: say,
});

function say({ waiting, sending, saved, late }) {
  const line = one("saved");
  const clock = new Date().toLocaleTimeString("id-ID", { hour: "2-digit", minute: "2-digit" });
  line.dataset.state = late ? "late" : saved ? "saved" : sending ? "saving" : "waiting";
  if (late) line.textContent = text("late");
  else if (saved && !waiting) line.textContent = `${text("saved")} ${clock}`;
  else if (sending) line.textContent = text("saving");
  else line.textContent = `${text("waiting")} ${waiting}`;
}

function chosen(item) {
  return item.querySelector("input:checked")?.value ?? null;
}

function mark() {
  let answered = 0;
  for (const item of items) {
    const done = chosen(item) !== null;
    answered += done;
    item.querySelector("[data-x-clear]").hidden = !done;
    const link = document.querySelector(`[data-x-number="${item.dataset.xItem}"]`);
    if (done) link.dataset.state = "answered";
    else delete link.dataset.state;
  }
  one("count").textContent = answered;
  const blank = items.filter((item) => chosen(item) === null).map((item) => item.dataset.xPlace);
  one("blanks").textContent = blank.length ? `${text("blank")} ${blank.join(", ")}` : text("none");
}

function show(place, focus) {
  here = Math.max(0, Math.min(cases.length - 1, place));
  cases.forEach((section, number) => { section.hidden = number !== here; });
  one("previous").disabled = here === 0;
  one("next").disabled = here === cases.length - 1;
  one("overview").open = false;
  if (focus) {
    const target = focus === true ? cases[here] : focus;
    target.setAttribute("tabindex", "-1");
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "start" });
  }
}

function tick() {
  const left = Math.max(0, Math.round(seconds - (performance.now() - loadedAt) / 1000));
  const minutes = Math.floor(left / 60);
  const clock = one("clock");
  clock.textContent = `${minutes}.${String(left % 60).padStart(2, "0")} ${text("left")}`;
  clock.dataset.state = left < 300 ? "near" : "";
  if (left > 0) return void setTimeout(tick, 1000);
  for (const input of document.querySelectorAll("[data-x-item] input")) input.disabled = true;
  // What was tapped in time is on its way; then the page says how it stands.
  outbox.empty(30000).then((sent) => sent && location.reload());
}

paper.addEventListener("change", (event) => {
  const item = event.target.closest("[data-x-item]");
  if (!item) return;
  outbox.put(Number(item.dataset.xItem), event.target.value);
  mark();
});

paper.addEventListener("click", (event) => {
  const button = event.target.closest("[data-x-clear]");
  if (!button) return;
  const item = button.closest("[data-x-item]");
  for (const input of item.querySelectorAll("input")) input.checked = false;
  outbox.put(Number(item.dataset.xItem), null);
  mark();
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-x-go]");
  if (!link) return;
  event.preventDefault();
  const target = document.getElementById(`s${link.dataset.xGo}`);
  show(cases.findIndex((section) => section.contains(target)), target);
});

one("previous").addEventListener("click", () => show(here - 1, true));
one("next").addEventListener("click", () => show(here + 1, true));
window.addEventListener("online", () => outbox.send());
document.addEventListener("visibilitychange", () => outbox.send());

one("hand-in").addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  if (await outbox.empty(20000)) form.submit();
});

for (const answer of outbox.pending) {
  const item = items.find((candidate) => Number(candidate.dataset.xItem) === answer.item);
  for (const input of item?.querySelectorAll("input") ?? []) input.checked = input.value === answer.choice;
}
mark();
show(0);
tick();
outbox.send();
