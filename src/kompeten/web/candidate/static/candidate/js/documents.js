// Takes a photo or a file for each document, makes it small here, and lets the outbox send it. Where the
// browser lacks what that needs, the form goes on as a form.
// All of it is fetched with the page: on a dying line what is not there yet does not come when a photo
// has been taken.
import { begin, kilobytes } from "./sending.js";
import { Shot } from "./shot.js";

const place = document.querySelector("[data-k-outbox]");
const box = begin(place, paint);

function wake(root) {
  const forms = root.querySelectorAll("form[data-k-document]");
  if (!box || !forms.length) return;
  for (const hint of document.querySelectorAll("[data-k-shrinks]")) hint.hidden = false;
  for (const form of forms) enhance(form);
  box.entries().then((entries) => entries.forEach((entry) => paint({ ...entry, trouble: "", offset: 0 })));
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
}

async function taken(form, input) {
  const [file] = input.files;
  if (!file) return;
  say(form, "");
  const ready = file.type === "application/pdf" ? await paper(form, file) : await photo(form, file);
  input.value = "";
  if (!ready) return;
  const { key, announce } = form.dataset;
  const isSafe = await box.put({ key, address: announce, ...ready });
  if (!isSafe) say(form, place.dataset.unsafe);
}

async function paper(form, file) {
  if (file.size > Number(form.dataset.most) || !takes(form, "application/pdf")) {
    say(form, file.size > Number(form.dataset.most) ? place.dataset.large : place.dataset.wrong);
    return null;
  }
  return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
}

async function photo(form, file) {
  const shot = new Shot({
    template: document.getElementById("k-shot"),
    title: form.dataset.title,
    isPortrait: !takes(form, "application/pdf"),
    takesPictures: takes(form, "image/jpeg"),
  });
  try {
    return await shot.take(file);
  } catch (error) {
    if (error.name !== "InvalidStateError") throw error; // what a browser says of what is no picture
    say(form, place.dataset.wrong);
    return null;
  }
}

const takes = (form, type) => form.elements.file.accept.split(",").includes(type);

async function stop(form) {
  const mine = (await box.entries()).find(({ key }) => key === form.dataset.key);
  if (mine) await box.drop(mine);
  form.querySelector("[data-k-way]").hidden = true;
}

// Shows on the card of a document how far it has come.
function paint(entry) {
  if (entry.state === "arrived") return refresh();
  const form = document.querySelector(`form[data-k-document][data-key="${CSS.escape(entry.key)}"]`);
  if (!form) return null;
  const way = form.querySelector("[data-k-way]");
  const isRefused = entry.state === "refused";
  way.hidden = isRefused;
  Object.assign(way.querySelector("progress"), { max: entry.size, value: entry.offset });
  const { waiting, gone, refused } = place.dataset;
  const words = place.dataset[entry.trouble] ?? waiting;
  way.querySelector("[role=status]").textContent = words.replace("{done}", kilobytes(entry.offset)).replace("{all}", kilobytes(entry.size));
  if (isRefused) say(form, entry.reasons.length ? `${refused} ${entry.reasons.join(" ")}` : gone);
  return null;
}

function say(form, words) {
  const line = form.querySelector("[data-k-said]");
  line.textContent = words;
  line.hidden = !words;
}

// The cards as the server has them now.
function refresh() {
  clearTimeout(refresh.timer);
  refresh.timer = setTimeout(() => htmx.ajax("GET", location.pathname, { target: "#documents", swap: "outerHTML show:none" }), 200);
}

wake(document);
document.addEventListener("htmx:load", (event) => {
  if (event.target !== document.body) wake(event.target);
});
