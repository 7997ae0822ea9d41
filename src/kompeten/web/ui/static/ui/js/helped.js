// Somebody is helped at this device: the page goes when they go, and ends by itself when nobody is there.
import { CHANNEL, clear, waiting } from "./device.js";

const MINUTE = 60_000;

export function wake([bar]) {
  const { who, idle, alive } = bar.dataset;
  let touched = Date.now();
  let told = touched;
  clear(who);
  quiet();
  new BroadcastChannel(CHANNEL).onmessage = () => location.reload();
  // A page out of the browser's memory shows what may be another's by now.
  window.addEventListener("pageshow", (event) => event.persisted && location.reload());
  for (const event of ["keydown", "pointerdown", "input"]) document.addEventListener(event, touch, { passive: true });
  setInterval(() => Date.now() - touched > idle * 1000 && location.reload(), 5000);
  bar.querySelector("form").addEventListener("submit", ask);

  // Who types a long answer asks the server for nothing meanwhile; it has to know that they are there.
  function touch() {
    touched = Date.now();
    if (touched - told < MINUTE) return;
    told = touched;
    fetch(alive, { redirect: "manual" }).then((answer) => answer.status === 204 || answer.status >= 500 || location.reload(), () => {});
  }

  async function ask(event) {
    event.preventDefault();
    const form = event.target;
    const { all: left } = await waiting(who).catch(() => ({ all: 0 })); // a phone that does not answer holds nobody
    if (!left || window.confirm(form.dataset.waiting.replace("{}", left))) form.submit();
  }
}

// What one person types is not offered to the next.
function quiet() {
  const each = (root) => root.querySelectorAll("form, input, textarea").forEach((field) => field.setAttribute("autocomplete", "off"));
  each(document);
  document.addEventListener("htmx:load", (event) => each(event.target));
}
