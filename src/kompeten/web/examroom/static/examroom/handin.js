// How answers get away from a device without a line: as a code to be scanned, typed or sent by SMS, as a
// file, or as a row of codes with everything that was recorded. Any one of them is enough.
import { choices, pack, words, written } from "./code.js";
import { cut, file, packed } from "./frames.js";
import { svg } from "./qr.js";
import { unhex } from "./sha256.js";

const EVERY = 700; // milliseconds a frame stays: slower than anything that flickers
const GROUP = 5;

// Fills `root` from the template #x-hand; a second call shows what stands now. `chains` as in the file
// of the protocol's section 9, each with its `head`, the own one last; `answers` by item; `key` is the
// attempt's, in hexadecimal; `address` is where answers are taken in.
export function open(root, { ref, ticket, key, answers, items, chains, partial = false, address = `${location.origin}/serah` }) {
  root.stop?.();
  root.replaceChildren();
  const last = chains.at(-1);
  if (!last || !key) return;
  root.append(document.querySelector("#x-hand").content.cloneNode(true));
  const one = (hook) => root.querySelector(`[data-x-hand="${hook}"]`);
  const code = written(pack({ ...stated(ref, last, chains, choices(answers, items)), partial }, unhex(key)));
  const content = file({ attempt: ref, ticket, key, chains });

  // Essays go by the whole record: that way stands first then, and the code says what it leaves behind.
  for (const line of root.querySelectorAll("[data-x-partial]")) line.hidden = !partial;
  for (const line of root.querySelectorAll("[data-x-plain]")) line.hidden = partial;
  if (partial) root.querySelector(".x-hand > section").after(one("whole-way"), one("file-way"));
  one("words").replaceChildren(...words(ref, last.head).flatMap((word) => [span(word), " "]));
  one("code-qr").replaceChildren(svg(`${address}#${code}`, one("code-qr").dataset.title));
  one("typed").replaceChildren(...grouped(code).flatMap((group) => [span(group), " "]));
  one("sms").href = `sms:?body=${encodeURIComponent(code)}`;
  offerCopy(one("copy"), code);
  offerFile(one("save"), one("share"), `ujian-${ref}.txt`, content);
  one("whole").addEventListener("click", async () => {
    one("whole").hidden = true;
    show(root, one, cut(await packed(content)).map((frame) => `${address}#${frame}`));
  });
}

// What the device states of its answers: all that fits one code.
function stated(attempt, last, chains, said) {
  const answered = chains.flatMap(({ links }) => links).filter(([kind]) => kind === "a");
  const wall = answered.at(-1)?.[4] ?? last.links.at(-1)?.[4] ?? 0;
  return { attempt, count: last.links.length, seconds: Math.floor(wall / 1000), head: last.head, choices: said };
}

function grouped(code) {
  return code.match(new RegExp(`.{1,${GROUP}}`, "g"));
}

function span(text) {
  const made = document.createElement("span");
  made.textContent = text;
  return made;
}

function offerCopy(button, code) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(code);
    button.querySelector("span").textContent = button.dataset.done;
  });
}

function offerFile(save, share, name, content) {
  save.href = URL.createObjectURL(new Blob([content], { type: "text/plain" }));
  save.download = name;
  const given = { files: [new File([content], name, { type: "text/plain" })] };
  share.hidden = !navigator.canShare?.(given);
  // Whoever closes the list of ways without choosing one has done nothing wrong.
  share.addEventListener("click", () => navigator.share(given).catch(() => {}));
}

// Shows one frame after the other until it is paused; whoever wants less motion goes on by hand.
function show(root, one, frames) {
  let at = 0;
  let timer = 0;
  const draw = () => {
    one("frame").replaceChildren(svg(frames[at], one("frame").dataset.title));
    one("count").textContent = one("count").dataset.say.replace("{n}", at + 1).replace("{of}", frames.length);
  };
  const step = (by) => {
    at = (at + by + frames.length) % frames.length;
    draw();
  };
  const run = (on) => {
    clearInterval(timer);
    timer = on ? setInterval(() => step(1), EVERY) : 0;
    one("pause").querySelector("span").textContent = one("pause").dataset[on ? "pause" : "go"];
  };
  root.stop = () => clearInterval(timer);
  one("moving").hidden = false;
  one("pause").addEventListener("click", () => run(!timer));
  one("back").addEventListener("click", () => { run(false); step(-1); });
  one("next").addEventListener("click", () => { run(false); step(1); });
  draw();
  run(frames.length > 1 && !matchMedia("(prefers-reduced-motion: reduce)").matches);
}
