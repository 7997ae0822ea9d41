// The verifier's desk on the keyboard: one key per verdict, the reason found by typing, and the answer
// brings the next application in the same request. Without it the sheet is a form with buttons.
import { reasons } from "./reasons.js";

const KEEP_AFTER = 60000; // what is marked goes with the answer; a sheet left lying is kept before
const RETRY_AFTER = 5000;
const OFF = "kompeten-desk-keys-off";
const MARKS = { y: "met", t: "not_met", a: "absent" };
const ANSWERS = { L: "loloskan", B: "kembalikan" };

let unkept = false;
let timer = 0;

const sheet = () => document.querySelector("form[data-k-desk]");
const rows = () => [...document.querySelectorAll("[data-k-desk-row]")];
const current = () => document.querySelector("[data-k-desk-row][data-current]");
const mark = (row) => row.querySelector("input[type=radio]:checked");
const isTyping = (place) => place.closest?.("input:not([type=radio], [type=checkbox]), textarea, select");
const isOn = () => document.querySelector("[data-k-desk-on]")?.checked;

function stand(row) {
  if (!row) return;
  current()?.removeAttribute("data-current");
  row.dataset.current = "";
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "start" });
}

function move(step) {
  const all = rows();
  const at = all.indexOf(current());
  stand(at < 0 ? all[0] : all[Math.min(Math.max(at + step, 0), all.length - 1)]);
}

// On to the next without a mark, the ones above too; where all have one, to the answers.
function onward() {
  const all = rows();
  const at = all.indexOf(current());
  const next = [...all.slice(at + 1), ...all.slice(0, at)].find((row) => !mark(row));
  if (next) return stand(next);
  current()?.removeAttribute("data-current");
  const wrong = all.some((row) => mark(row)?.value === "not_met");
  const answer = sheet().querySelector(`[name=langkah][value=${wrong ? "kembalikan" : "loloskan"}]`);
  answer.focus();
}

function judge(verdict) {
  const row = current();
  if (!row) return stand(rows().find((one) => !mark(one)) ?? rows()[0]);
  const choice = row.querySelector(`input[type=radio][value=${verdict}]`);
  if (!choice) return;
  if (!choice.checked) choice.click();
  if (verdict !== "not_met") return onward();
  row.querySelector("[role=combobox]")?.focus();
}

// What was found of a file that has not changed since is found again: verdict, reason and note.
function same(row) {
  const before = row?.querySelector("[data-k-desk-same]");
  if (!before) return;
  stand(row);
  const why = row.querySelector("[data-k-desk-why]");
  const list = why.querySelector("select");
  list.value = before.dataset.fault;
  list.dispatchEvent(new CustomEvent("k-desk-filled"));
  why.querySelector("textarea").value = row.querySelector("[data-k-desk-note]")?.textContent ?? "";
  const choice = row.querySelector(`input[type=radio][value=${before.dataset.kDeskSame}]`);
  choice.checked = true;
  choice.dispatchEvent(new Event("change", { bubbles: true }));
  onward();
}

function press(event) {
  if (!sheet() || event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
  if (event.key === "Escape" && isTyping(event.target)) return stand(event.target.closest("[data-k-desk-row]"));
  if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
  if (event.key === "?") return help(event);
  if (!isOn()) return;
  const act = {
    j: () => move(1),
    k: () => move(-1),
    s: () => same(current()),
    o: () => current()?.querySelector("[data-k-desk-open] a")?.click(),
  }[event.key];
  if (act) act();
  else if (event.key in MARKS) judge(MARKS[event.key]);
  else if (event.key in ANSWERS) sheet().requestSubmit(sheet().querySelector(`[value=${ANSWERS[event.key]}]`));
  else return;
  event.preventDefault();
}

function help(event) {
  const keys = document.querySelector("[data-k-desk-keys]");
  keys.open = !keys.open;
  keys.querySelector("summary").focus();
  event.preventDefault();
}

function say(words) {
  const line = document.querySelector("[data-k-desk-line]");
  if (line) line.textContent = words;
}

async function send(form, step, options = {}) {
  const body = new URLSearchParams(new FormData(form));
  body.set("langkah", step);
  return fetch(location.href, { method: "POST", headers: { "HX-Request": "true" }, body, ...options });
}

// Keeps what is marked though no answer was given: the page is left, or a minute has passed.
async function keep() {
  clearTimeout(timer);
  const form = sheet();
  if (!unkept || !form || form.dataset.busy) return;
  unkept = false;
  try {
    const answer = await send(form, "simpan", { keepalive: true });
    if (answer.headers.has("HX-Redirect")) return location.assign(answer.headers.get("HX-Redirect"));
    if (!answer.ok) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(form.dataset.kDesk);
    if (fresh && sheet() === form) document.getElementById(form.dataset.kDesk).replaceWith(fresh);
  } catch {
    unkept = true;
    timer = setTimeout(keep, RETRY_AFTER);
    say(form.dataset.offline);
  }
}

// The answer goes out and the next application comes in: one request.
async function answer(event) {
  const form = sheet();
  const step = event.submitter?.value;
  if (event.target !== form || !["loloskan", "kembalikan", "tolak"].includes(step)) return;
  event.preventDefault();
  if (form.dataset.busy) return;
  form.dataset.busy = "yes";
  clearTimeout(timer);
  try {
    const said = await send(form, step);
    if (said.headers.has("HX-Redirect")) return location.assign(said.headers.get("HX-Redirect"));
    if (!said.ok && said.status !== 422) return location.reload();
    show(await said.text(), said.headers.get("HX-Push-Url"));
    unkept = said.status === 422 && unkept;
  } catch {
    say(form.dataset.offline);
  } finally {
    delete form.dataset.busy;
  }
}

function show(html, address) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const fresh = page.getElementById("isi");
  document.title = page.title;
  if (address) history.pushState(null, "", address);
  document.getElementById("isi").replaceWith(fresh);
  fresh.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true })); // wakes what else lives on the page
  wake();
  if (fresh.contains(document.activeElement)) return; // the summary of what is wrong has taken the focus
  window.scrollTo(0, 0);
  fresh.focus({ preventScroll: true });
}

function wake() {
  const keys = document.querySelector("[data-k-desk-keys]");
  if (!keys) return;
  keys.hidden = false;
  const on = keys.querySelector("[data-k-desk-on]");
  on.checked = !localStorage.getItem(OFF);
  on.addEventListener("change", () => {
    if (on.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "yes");
  });
  for (const why of document.querySelectorAll("[data-k-desk-why]")) reasons(why, onward);
}

document.addEventListener("keydown", press);
document.addEventListener("submit", answer);
document.addEventListener("click", (event) => {
  const before = event.target.closest?.("[data-k-desk-same]");
  if (!before) return;
  event.preventDefault();
  same(before.closest("[data-k-desk-row]"));
});
document.addEventListener("focusin", (event) => {
  const row = event.target.closest?.("[data-k-desk-row]");
  if (!row || row === current()) return;
  current()?.removeAttribute("data-current");
  row.dataset.current = "";
});
document.addEventListener("change", (event) => {
  if (event.target.form !== sheet()) return;
  unkept = true;
  clearTimeout(timer);
  timer = setTimeout(keep, KEEP_AFTER);
});
document.addEventListener("visibilitychange", () => {
  if (document.hidden) keep();
});
window.addEventListener("pagehide", keep);
window.addEventListener("popstate", () => location.reload());
wake();
