// Sentences stand in the page, in its language; modules name them. Blanks in them: {n}.

const found = new Map();

export function say(name, blanks = {}) {
  if (!found.size) {
    const sentences = document.querySelector("#x-words").content;
    for (const one of sentences.children) found.set(one.dataset.word, one.textContent.trim());
  }
  return (found.get(name) ?? name).replace(/\{(\w+)\}/g, (_, blank) => blanks[blank] ?? "");
}

export const one = (hook, root = document) => root.querySelector(`[data-x-${hook}]`);

export function copy(id) {
  return document.querySelector(`#${id}`).content.firstElementChild.cloneNode(true);
}

// The hour in `zone`; named where somebody in another one plans by it: 09.00 WITA.
export function clock(milliseconds, zone, { named = false } = {}) {
  const when = new Date(milliseconds);
  const shown = { hour: "2-digit", minute: "2-digit", timeZone: zone, timeZoneName: named ? "short" : undefined };
  return when.toLocaleTimeString(document.documentElement.lang, shown);
}

export function day(milliseconds, zone) {
  const when = new Date(milliseconds);
  return when.toLocaleDateString(document.documentElement.lang, { day: "numeric", month: "long", timeZone: zone });
}

// Minutes and seconds, as 42.07.
export function span(milliseconds) {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const parts = [Math.floor(seconds / 60), seconds % 60];
  return parts.map((part, n) => (n ? String(part).padStart(2, "0") : part)).join(".");
}

// Shows one part of the page under its own heading, and takes the reader there.
export function stage(root, name, title) {
  for (const section of root.querySelectorAll("[data-x-stage]")) section.hidden = section.dataset.xStage !== name;
  document.body.dataset.stage = name;
  const shown = root.querySelector(`[data-x-stage="${name}"]`);
  const heading = one("heading", root);
  heading.textContent = title ?? shown.dataset.xTitle;
  heading.focus({ preventScroll: true });
  scrollTo(0, 0);
  return shown;
}
