// Takes a photo or a file for each document, makes it small here, and lets the outbox send it. Pages that
// were photographed and not sent wait on the card of their document. Where the browser lacks what that
// needs, the form goes on as a form.
// All of it is fetched with the page: on a dying line what is not there yet does not come when a photo
// has been taken.
import { Paper, letGo, waiting } from "./pages.js";
import { begin, kilobytes } from "./outbox.js";
import { PATIENCE, Shot } from "./shot.js";

const AGAINST = { NotFoundError: "unreadable", NotReadableError: "unreadable", InvalidStateError: "unreadable", VersionError: "changed" };
const place = document.querySelector("[data-k-outbox]");
const box = begin(place, paint);
const unsafe = new Set(); // keys of what only memory holds on its way: its pages stay until it has arrived
let under = null; // what goes on in a dialog: one at a time

function wake(root) {
  const forms = root.querySelectorAll("form[data-k-document]");
  if (!box || !forms.length) return;
  for (const hint of document.querySelectorAll("[data-k-shrinks]")) hint.hidden = false;
  for (const form of forms) enhance(form);
  const papers = remind();
  box.entries().then((entries) => entries.forEach((entry) => paint({ ...entry, trouble: "", offset: 0 })));
  return papers;
}

function enhance(form) {
  const file = form.elements.file;
  const camera = Object.assign(document.createElement("input"), { type: "file", accept: "image/*" });
  camera.setAttribute("capture", "environment");
  const buttons = form.querySelector("[data-k-capture]");
  buttons.hidden = false;
  form.querySelector("[data-k-plain]").hidden = true;
  buttons.querySelector("button").addEventListener("click", () => camera.click());
  camera.addEventListener("change", () => taken(form, camera));
  for (const input of [camera, file]) {
    input.addEventListener("click", async () => (await paperOf(form)).ask());
    input.addEventListener("cancel", async () => (await paperOf(form)).answer());
  }
  // In front of htmx, which would send the file as it is.
  form.addEventListener("change", (event) => {
    event.stopPropagation();
    if (event.target === file) taken(form, file);
  }, true);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    taken(form, file);
  }, true);
  form.querySelector("[data-k-way] button").addEventListener("click", () => stop(form));
  form.prepend(document.getElementById("k-pages").content.cloneNode(true));
  form.querySelector("[data-k-go-on]").addEventListener("click", () => goOn(form));
  form.querySelector("[data-k-discard]").addEventListener("click", () => discard(form));
}

const paperOf = (form) => Paper.of(box.who, form.dataset.key);
const formOf = (key) => document.querySelector(`form[data-k-document][data-key="${CSS.escape(key)}"]`);

// Shows on its card what was photographed and not sent.
async function remind() {
  const papers = await waiting(box.who);
  for (const form of document.querySelectorAll("form[data-k-document]")) {
    const paper = papers.find(({ key, count }) => count && key === form.dataset.key && !unsafe.has(key));
    const note = form.querySelector("[data-k-pages]");
    note.hidden = !paper;
    for (const other of form.querySelectorAll("[data-k-capture], .k-field")) other.hidden = Boolean(paper);
    if (!paper) continue;
    unfold(form);
    note.querySelector(".k-notice-title").textContent = place.dataset.pages.replace("{pages}", paper.count).replace("{day}", day(paper.at));
    note.querySelector("[data-k-unkept]").hidden = paper.isKept;
  }
  return papers;
}

// Where the camera closed this page, the document that was photographed is opened again.
async function comeBack({ key, count }) {
  const form = formOf(key);
  if (!form) return;
  unfold(form);
  form.closest("[id]").scrollIntoView();
  if (count) return void goOn(form, { isLost: true });
  await (await paperOf(form)).answer();
  say(form, place.dataset.lost);
  form.querySelector("[data-k-capture] button").focus();
}

function unfold(form) {
  const folded = form.closest("details");
  if (folded) folded.open = true;
}

function day(at) {
  const [from, to] = [new Date(at), new Date()].map((time) => Date.UTC(time.getFullYear(), time.getMonth(), time.getDate()));
  return new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto" }).format(Math.min(0, from - to) / 86_400_000, "day");
}

// Does `work` with the paper of the document, and says on its card what stood against it. A second tap
// while something goes on is none.
function alone(form, work) {
  if (under) return under;
  const { busy } = place.dataset;
  say(form, "");
  const slow = setTimeout(say, PATIENCE, form, busy);
  under = paperOf(form).then(work).catch((error) => {
    if (!(error.name in AGAINST)) console.error(error);
    say(form, place.dataset[AGAINST[error.name] ?? "failed"]);
  }).then(remind).finally(() => {
    clearTimeout(slow);
    under = null;
    if (lineOf(form)?.textContent === busy) say(form, "");
  });
  return under;
}

function goOn(form, { isLost = false } = {}) {
  return alone(form, async (paper) => {
    // None where they were sent or discarded on another page meanwhile.
    if (paper.pages.length) await shot(form, paper).resume({ isLost });
  });
}

async function discard(form) {
  await alone(form, (paper) => window.confirm(place.dataset.discard.replace("{pages}", paper.pages.length)) && paper.discard());
  form.querySelector("[data-k-capture] button").focus();
}

async function taken(form, input) {
  const [file] = input.files;
  if (!file) return;
  while (under) await under.catch(() => {});
  await alone(form, async (paper) => {
    if (unsafe.delete(form.dataset.key)) await paper.discard();
    let isSent;
    try {
      isSent = await (file.type === "application/pdf" ? readymade : photo)(form, file, paper);
    } finally {
      input.value = ""; // the same file may be chosen again
      if (!isSent) await paper.answer();
    }
  });
}

// Hands over to the outbox what is `ready`; the pages it was made of have then done.
async function send(form, paper, ready) {
  const { key, announce } = form.dataset;
  const isSafe = await box.put({ key, address: announce, ...ready });
  if (isSafe) await paper.discard();
  else unsafe.add(key);
}

async function readymade(form, file, paper) {
  if (file.size > Number(form.dataset.most) || !takes(form, "application/pdf")) {
    say(form, file.size > Number(form.dataset.most) ? place.dataset.large : place.dataset.wrong);
    return false;
  }
  await send(form, paper, { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) });
  return true;
}

async function photo(form, file, paper) {
  try {
    return await shot(form, paper).take(file);
  } catch (error) {
    if (error.name !== "InvalidStateError") throw error; // what a browser says of what is no picture
    say(form, place.dataset.wrong);
    return false;
  }
}

function shot(form, paper) {
  return new Shot({
    template: document.getElementById("k-shot"),
    title: form.dataset.title,
    isPortrait: !takes(form, "application/pdf"),
    takesPictures: takes(form, "image/jpeg"),
    paper,
    handOver: (ready) => send(form, paper, ready),
    busy: place.dataset.busy,
  });
}

const takes = (form, type) => form.elements.file.accept.split(",").includes(type);

// Pages of what only memory held are still there: they wait again.
async function stop(form) {
  const mine = (await box.entries()).find(({ key }) => key === form.dataset.key);
  if (mine) await box.drop(mine);
  form.querySelector("[data-k-way]").hidden = true;
  if (unsafe.delete(form.dataset.key)) await remind();
}

// Shows on the card of a document how far it has come.
function paint(entry) {
  if (entry.state === "arrived") {
    if (unsafe.delete(entry.key)) Paper.of(box.who, entry.key).then((paper) => paper.discard());
    return refresh();
  }
  const form = formOf(entry.key);
  if (!form) return null;
  const way = form.querySelector("[data-k-way]");
  const isRefused = entry.state === "refused";
  way.hidden = isRefused;
  Object.assign(way.querySelector("progress"), { max: entry.size, value: entry.offset });
  const { waiting, gone, refused } = place.dataset;
  const words = place.dataset[box.memory.has(entry.key) ? "unsafe" : entry.trouble] ?? waiting;
  way.querySelector("[role=status]").textContent = words.replace("{done}", kilobytes(entry.offset)).replace("{all}", kilobytes(entry.size));
  if (isRefused) say(form, entry.reasons.length ? `${refused} ${entry.reasons.join(" ")}` : gone);
  return null;
}

const lineOf = ({ dataset }) => formOf(dataset.key)?.querySelector("[data-k-said]");

function say(form, words) {
  const line = lineOf(form);
  if (!line) return; // the document is no longer asked for
  line.textContent = words;
  line.hidden = !words;
  line.className = words === place.dataset.busy ? "k-help" : "k-error";
}

// The cards as the server has them now.
function refresh() {
  clearTimeout(refresh.timer);
  refresh.timer = setTimeout(() => htmx.ajax("GET", location.pathname, { target: "#documents", swap: "outerHTML show:none" }), 200);
}

wake(document)?.then((papers) => {
  // Of documents that are no longer asked for.
  letGo(box.who, papers.filter((paper) => paper.place === location.pathname && !formOf(paper.key)));
  const lost = papers.find(({ isLost }) => isLost);
  if (lost) comeBack(lost);
});
document.addEventListener("htmx:load", (event) => {
  if (event.target !== document.body) wake(event.target);
});
