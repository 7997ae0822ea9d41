// The page of one sitting, from the ticket to the receipt. It is the same file for everybody: whose
// paper it is stands in the address, and all else on the device.
import { Attempt } from "./attempt.js";
import { Clock, endsAt } from "./clock.js";
import { open as handInByHand } from "./handin.js";
import { again, ask, byCode, byLine } from "./opening.js";
import { CODE_LENGTH, fetchPackage, fetchTicket, header, readCode } from "./package.js";
import { Paper } from "./paper.js";
import { Status } from "./status.js";
import { Stores } from "./stores.js";
import { Sync } from "./sync.js";
import { clock as hour, day, one, say, span, stage } from "./words.js";

const WAIT = 20_000; // for the last answers, before the ways without a line are offered
const NEAR = 5 * 60_000;
const root = one("sitting");
const ref = location.pathname.split("/")[2].toUpperCase();

let attempt, bytes, doc, paper, sync, status;
let closed = false;

function stop(reason) {
  one("why", stage(root, "stopped")).textContent = say(`stopped-${reason}`);
}

async function boot() {
  const clock = new Clock({ note: (kind, choice) => attempt.record(kind, 0, choice) });
  const early = [];
  const trouble = (place, what) => (attempt ? attempt.trouble(place, what) : early.push([place, what]));
  const stores = await Stores.open({ opfs: root.dataset.xOpfs, trouble });
  attempt = await new Attempt({ ref, stores, clock, tell: hear }).load();
  for (const [place, what] of early) attempt.trouble(place, what);
  status = new Status(attempt);
  navigator.serviceWorker?.register(root.dataset.xWorker, { scope: "/ujian/" }).catch(() => {});
  try {
    await provide(stores);
  } catch (problem) {
    return stop(problem.reason ?? "offline");
  }
  clock.start();
  if (attempt.hasBegun) return begin();
  greet();
}

// The ticket and the package: what the device has, or what the line brings.
async function provide(stores) {
  const kept = attempt.meta.ticket;
  // Who has one need not wait for a line that is there and carries nothing.
  doc = await fetchTicket(ref, kept ? 4000 : undefined).catch((problem) => {
    if (kept) return kept;
    throw problem;
  });
  bytes = await fetchPackage(doc, stores).catch((problem) => {
    if (!kept) throw problem;
    doc = kept;
    return fetchPackage(kept, stores);
  });
  const extra = Math.max(doc.extra ?? 0, attempt.meta.extra ?? 0);
  await attempt.keep({ ticket: doc, extra });
}

function greet() {
  const shown = stage(root, "ready", doc.title);
  const begun = doc.opened || attempt.meta.opened; // here, or on another device
  one("minutes", shown).textContent = begun
    ? say("go-on-until", { time: hour(ends(begun), doc.zone) })
    : say("minutes", { n: doc.minutes + attempt.meta.extra });
  if (begun) one("begin", shown).lastElementChild.textContent = say("go-on");
  const breaks = doc.comfort?.breaks ?? 0;
  one("breaks", shown).hidden = !breaks;
  one("breaks", shown).textContent = say("breaks", { n: breaks });
  const [first, last] = [day(doc.opens, doc.zone), day(doc.closes, doc.zone)];
  one("window", shown).textContent = say(first === last ? "window" : "window-days", {
    day: first, from: hour(doc.opens, doc.zone), last, until: hour(doc.closes, doc.zone),
  });
  one("begin", shown).onclick = begin;
  one("by-code", shown).onclick = () => askCode("");
}

// Begins, or goes on: by line where there is one, else with the key on this device, else by a code.
async function begin() {
  const button = one("begin");
  button.disabled = true;
  try {
    const said = await ask(attempt, root.dataset.xVault);
    if (said.wait !== undefined) return wait(said.wait);
    show(await byLine(attempt, bytes, said));
  } catch (problem) {
    button.disabled = false;
    if (attempt.meta.key && ["offline", "over", "refused"].includes(problem.reason)) {
      return show(await again(attempt, bytes));
    }
    if (problem.reason === "offline") return askCode("no-line");
    stop(problem.reason ?? "damaged");
  }
}

// The door is not open yet: the page knocks by itself, not all pages in the same moment.
function wait(milliseconds) {
  const until = performance.now() + milliseconds;
  const line = one("wait", stage(root, "ready", doc.title));
  line.hidden = false;
  const count = setInterval(() => {
    const left = until - performance.now();
    line.textContent = say("opens-in", { time: span(left) });
    if (left > 0) return;
    clearInterval(count);
    setTimeout(begin, Math.random() * 3000);
  }, 500);
}

function askCode(why) {
  const shown = stage(root, "code");
  const line = one("code-said", shown);
  const tell = (text) => { line.textContent = text; line.hidden = !text; };
  tell(why && say(why));
  one("try-line", shown).onclick = () => { greet(); begin(); };
  one("code-form", shown).onsubmit = async (event) => {
    event.preventDefault();
    const code = readCode(one("code", shown).value);
    if (code.length !== CODE_LENGTH) return tell(say("code-length", { n: code.length }));
    tell(say("code-tried"));
    try {
      show(await byCode(attempt, bytes, code));
    } catch (problem) {
      tell(say(problem.reason === "code" ? "code-wrong" : `stopped-${problem.reason}`));
      one("code", shown).focus();
    }
  };
}

function show(content) {
  const { clock } = attempt;
  const keys = [...header(bytes).keys];
  sync = new Sync({ url: root.dataset.xVault, keys: () => keysOf(keys), work: attempt, clock, tell: (state) => status.line(state) });
  document.title = content.title;
  if (attempt.isHandedIn) return end("handed");
  const record = (item, choice) => {
    const kept = attempt.record("a", item, choice);
    kept.then(() => sync.nudge());
    return kept;
  };
  paper = new Paper({ root: stage(root, "paper", content.title), paper: content, order: doc.order, answers: attempt.answers, record });
  one("tools").hidden = false;
  one("hand-in").onsubmit = handIn;
  clock.onTick(tick);
  watch();
  tick();
  sync.flush();
}

// A second set of keys may have come into use since the package was made.
let asked = null;
async function keysOf(keys) {
  asked ??= fetch(`${root.dataset.xVault}kunci`).then((answer) => answer.json()).catch(() => { asked = null; });
  return [...keys, ...((await asked)?.keys ?? [])];
}

const ends = (opened = attempt.meta.opened) => endsAt({
  opened, minutes: doc.minutes, closes: doc.closes, extra: attempt.meta.extra,
});

function tick() {
  const left = ends() - attempt.clock.now();
  const line = one("clock");
  line.textContent = say("left", { time: span(left) });
  line.dataset.state = left < NEAR ? "near" : "";
  if (left <= 0 && !closed) timeOver();
}

async function timeOver() {
  closed = true;
  paper.close();
  // Somebody may have been given more time while there was no line.
  const said = await ask(attempt, root.dataset.xVault, WAIT / 4).catch(() => null);
  if (said?.extra > attempt.meta.extra) return location.reload();
  end("over");
}

async function handIn(event) {
  event.preventDefault();
  if (closed) return;
  closed = true;
  paper.close();
  await attempt.record("h");
  await attempt.stores.inspect();
  end("handed");
}

async function end(how) {
  closed = true;
  const shown = stage(root, "end", say(`end-${how}`));
  one("tools").hidden = true;
  const arrival = (state) => {
    for (const part of shown.querySelectorAll("[data-x-arrival]")) part.hidden = part.dataset.xArrival !== state;
  };
  arrival("sending");
  const late = setTimeout(() => {
    arrival("waiting");
    handInByHand(one("by-hand", shown), attempt.forHand);
  }, WAIT);
  attempt.arrived = () => {
    if (sync.pending) return;
    clearTimeout(late);
    one("receipt", shown).textContent = status.receipt();
    one("answered", shown).textContent = say("answered", status.counts());
    arrival("arrived");
  };
  await sync.flush();
  attempt.arrived();
}

function hear(what) {
  status?.show(what);
  if (what === "acknowledged") attempt.arrived?.();
  if (what === "closed" && !closed) timeOver();
}

// Facts about the page go on record as facts; lost lines and lost pages are answered at once.
function watch() {
  document.addEventListener("visibilitychange", () => {
    const hidden = document.visibilityState === "hidden";
    if (!closed) attempt.record(hidden ? "f" : "r");
    status.facts();
    sync.flush();
  });
  window.addEventListener("pagehide", () => sync.leave());
  window.addEventListener("online", () => sync.flush());
  setInterval(() => attempt.stores.inspect(), 60_000);
  // Two pages of one device would each show only their own half.
  const channel = new BroadcastChannel(`ujian:${ref}`);
  channel.postMessage(attempt.name);
  channel.onmessage = () => {
    sync.flush();
    one("tools").hidden = true;
    one("here", stage(root, "elsewhere")).onclick = () => location.reload();
  };
}

boot();
