// Five questions in the same client: do stores, seal, line and clock of this device work? What is
// answered stays on the device and is deleted at the end.
import { Attempt } from "./attempt.js";
import { clear } from "./clear.js";
import { browser, line, offline, room, sealing, stores as storesCheck } from "./checks.js";
import { Clock } from "./clock.js";
import { PAPER } from "./demo.js";
import { Paper } from "./paper.js";
import { Status } from "./status.js";
import { Stores } from "./stores.js";
import { copy, one, say, stage } from "./words.js";

const root = one("practice");
const REF = `LATIHAN${String(Math.floor(Math.random() * 1000)).padStart(3, "0")}`;
let attempt, paper;

async function ready() {
  navigator.serviceWorker?.register(root.dataset.xWorker, { scope: "/ujian/" }).catch(() => {});
  const clock = new Clock({ note: (kind, choice) => attempt?.record(kind, 0, choice) });
  const stores = await Stores.open({ opfs: root.dataset.xOpfs, trouble: (...what) => attempt?.trouble(...what) });
  attempt = new Attempt({ ref: REF, stores, clock, tell: () => status.show() });
  attempt.meta.items = 5;
  const status = new Status(attempt);
  clock.start();
  clear(stores, { own: REF }).catch(() => {});
  return status;
}

async function begin(status) {
  await attempt.begin("line", null);
  const record = (item, choice) => attempt.record("a", item, choice);
  paper = new Paper({ root: stage(root, "paper", PAPER.title), paper: PAPER, answers: attempt.answers, record });
  one("tools").hidden = false;
  one("clock").hidden = true;
  one("hand-in").onsubmit = finish;
  document.addEventListener("visibilitychange", () => {
    attempt.record(document.visibilityState === "hidden" ? "f" : "r");
    status.facts();
  });
}

async function finish(event) {
  event.preventDefault();
  paper.close();
  const kept = await attempt.record("h");
  const { working } = attempt.stores;
  const back = await readBack();
  one("tools").hidden = true;
  const shown = stage(root, "verdict");
  const found = [
    storesCheck(kept && back, working), sealing(), await offline(), await room(), ...(await line(root.dataset.xVault)), browser(),
  ];
  const tone = ["bad", "wait", "good"].find((one) => found.some((check) => check.tone === one));
  for (const part of shown.querySelectorAll("[data-x-verdict]")) part.hidden = part.dataset.xVerdict !== tone;
  one("checks", shown).replaceChildren(...found.map(row));
  one("testing", shown).hidden = true;
}

// What was answered must come back from the device just as it was given.
async function readBack() {
  const { chain, stores } = attempt;
  const read = await new Attempt({ ref: REF, stores, clock: attempt.clock }).load();
  const found = read.chains.find((one) => one.chain === chain.chain);
  for (const name of await stores.names(REF)) await stores.remove(name);
  return found?.head === chain.head;
}

function row({ name, tone, blanks }) {
  const line = copy("x-check");
  line.dataset.tone = tone;
  one("tone", line).textContent = say(`tone-${tone}`);
  one("what", line).textContent = say(name, blanks);
  return line;
}

const status = ready();
one("begin").onclick = async () => begin(await status);
