// The page of one sitting, from the ticket to the receipt. It is the same file for everybody: whose
// paper it is stands in the address, and all else on the device.
import { Alive } from "./alive.js";
import { Attempt } from "./attempt.js";
import { clear } from "./clear.js";
import { Clock, endsAt } from "./clock.js";
import { asked } from "./codeform.js";
import { ended } from "./ending.js";
import { keysOf } from "./line.js";
import { again, ask, byCode, byLine } from "./opening.js";
import { fetchPackage, fetchTicket, header } from "./package.js";
import { Paper } from "./paper.js";
import { Status } from "./status.js";
import { Stores } from "./stores.js";
import { Sync } from "./sync.js";
import { clock as hour, day, one, say, span, stage } from "./words.js";

const PATIENCE = 5000; // with the server, once the time is over
const CALM = 3000; // after the page is there, before it looks at what else lies on this device
const LONGER = 5000; // where a busy server does not say when
const NEAR = 5 * 60_000;
const root = one("sitting");
const ref = location.pathname.split("/")[2].toUpperCase();

let attempt, bytes, doc, paper, sync, status;
let closed = false;

function stop(reason) {
  const shown = stage(root, "stopped");
  one("why", shown).textContent = say(`stopped-${reason}`);
  // What was recorded here leaves all the same: neither ticket nor paper need be fetched for that.
  if (!attempt?.ticket || !attempt.hasBegun) return;
  connect([]);
  if (!sync.pending) return;
  const rest = one("rest", shown);
  rest.append(...root.querySelector('[data-x-stage="end"]').children);
  rest.hidden = false;
  ended({ shown: rest, attempt, sync, status, stopped: true });
}

async function boot() {
  const clock = new Clock({ note: (kind, choice) => closed || attempt.record(kind, 0, choice) });
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
  setTimeout(() => clear(stores, { own: ref }).catch(() => {}), CALM);
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
  const begun = doc.opened || attempt.opened; // here, or on another device
  one("minutes", shown).textContent = begun
    ? say("go-on-until", { time: hour(ends(begun), doc.zone, { named: true }) })
    : say("minutes", { n: doc.minutes + attempt.meta.extra });
  if (begun) one("begin", shown).lastElementChild.textContent = say("go-on");
  const breaks = doc.comfort?.breaks ?? 0;
  one("breaks", shown).hidden = !breaks;
  one("breaks", shown).textContent = say("breaks", { n: breaks });
  const [first, last] = [day(doc.opens, doc.zone), day(doc.closes, doc.zone)];
  one("window", shown).textContent = say(first === last ? "window" : "window-days", {
    day: first, from: hour(doc.opens, doc.zone), last, until: hour(doc.closes, doc.zone, { named: true }),
  });
  one("begin", shown).onclick = begin;
  one("by-code", shown).onclick = () => askCode("");
}

// Begins, or goes on: by line where there is one, else with the key on this device, else by a code.
async function begin() {
  const button = one("begin");
  button.disabled = true;
  let content;
  try {
    content = await byLine(attempt, bytes, await ask(attempt, root.dataset.xVault));
  } catch (problem) {
    // Whatever is said or not said there: who has begun goes on.
    content = attempt.meta.key && (await again(attempt, bytes).catch(() => null));
    if (!content) return shut(problem);
  }
  show(content);
}

function shut({ reason = "damaged", after }) {
  if (reason === "early") return wait("opens-in", after);
  if (reason === "busy") return wait("asks-again-in", after || LONGER);
  one("begin").disabled = false;
  if (reason === "offline") return askCode("no-line");
  stop(reason);
}

// Not open yet, or too many at once: the page knocks by itself, not all pages in the same moment.
function wait(word, milliseconds) {
  const until = performance.now() + milliseconds;
  const line = one("wait", stage(root, "ready", doc.title));
  line.hidden = false;
  const count = setInterval(() => {
    const left = until - performance.now();
    line.textContent = say(word, { time: span(left) });
    if (left > 0) return;
    clearInterval(count);
    setTimeout(begin, Math.random() * 3000);
  }, 500);
}

function askCode(why) {
  const byLine = () => { greet(); begin(); };
  asked({ shown: stage(root, "code"), why, byLine, open: async (code) => show(await byCode(attempt, bytes, code)) });
}

function connect(keys) {
  const url = root.dataset.xVault;
  sync = new Sync({ url, keys: keysOf(url, keys), work: attempt, clock: attempt.clock, tell: (state) => status.line(state) });
  window.addEventListener("online", () => sync.flush());
}

function show(content) {
  if (paper) return;
  const { clock } = attempt;
  connect(header(bytes).keys);
  document.title = content.title;
  attempt.essays = content.cases.flatMap(({ items }) => items).filter(({ essay }) => essay).length;
  if (attempt.isHandedIn) return end(say("end-handed"));
  const nudged = (kept) => {
    kept.then(() => sync.nudge());
    return kept;
  };
  paper = new Paper({
    root: stage(root, "paper", content.title), paper: content, order: doc.order, answers: attempt.answers, texts: attempt.texts,
    record: (item, choice) => nudged(attempt.record("a", item, choice)),
    write: (item, text) => nudged(attempt.write(item, text)),
    typing: (item) => attempt.typing(item),
  });
  one("tools").hidden = false;
  one("hand-in").onsubmit = handIn;
  clock.onTick(tick);
  const alive = new Alive({ attempt, sync, left: () => (document.body.dataset.stage === "paper" ? ends() - clock.now() : 0) });
  clock.onTick(() => alive.tick());
  watch();
  tick();
  sync.flush();
}

const ends = (opened = attempt.opened) => endsAt({
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
  const said = await ask(attempt, root.dataset.xVault, PATIENCE).catch(() => null);
  if (!(said?.extra > attempt.meta.extra)) return end(say("end-over"));
  await attempt.keep({ extra: said.extra });
  await attempt.stores.inspect();
  location.reload();
}

async function handIn(event) {
  event.preventDefault();
  if (closed) return;
  closed = true;
  paper.close();
  await attempt.record("h");
  await attempt.stores.inspect();
  end(say("end-handed"));
}

function end(title) {
  closed = true;
  const shown = stage(root, "end", title);
  one("tools").hidden = true;
  return ended({ shown, attempt, sync, status });
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
    if (hidden) paper.flush();
    if (!closed) attempt.record(hidden ? "f" : "r");
    status.facts();
    sync.flush();
  });
  window.addEventListener("pagehide", () => {
    paper.flush();
    sync.leave();
  });
  setInterval(() => attempt.stores.inspect(), 60_000);
  // Two pages of one device would each show only their own half.
  if (!globalThis.BroadcastChannel) return; // Safari before 15.4
  const channel = new BroadcastChannel(`ujian:${ref}`);
  channel.postMessage(attempt.name);
  channel.onmessage = () => {
    paper.flush();
    sync.flush();
    one("tools").hidden = true;
    one("here", stage(root, "elsewhere")).onclick = () => location.reload();
  };
}

boot();
