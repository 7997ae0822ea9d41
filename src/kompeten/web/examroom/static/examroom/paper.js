// The paper on the screen: one case at a time, in the person's own order. Each tap is handed to
// `record`, which says when it is kept; nothing here knows of stores or lines.
import { Essay } from "./essay.js";
import { copy, one, say } from "./words.js";

export class Paper {
  // `order` is {cases: [numbers], options: {item: "bdac"}}, `answers` {item: choice}, `texts` {item: text};
  // `record(item, choice)` and `write(item, text)` resolve with true once it is kept on the device,
  // `typing(item)` hears of what is not on record yet.
  constructor({ root, paper, order, answers, record, texts = {}, write, typing }) {
    Object.assign(this, { root, answers, record, texts, write, typing });
    this.essays = new Map(); // by their part of the page
    const byNumber = new Map(paper.cases.map((found) => [found.n, found]));
    const cases = (order?.cases ?? [...byNumber.keys()]).map((n) => byNumber.get(n)).filter(Boolean);
    this.items = [];
    this.sections = cases.map((found, n) => this.#case(found, n, cases.length, order?.options ?? {}));
    one("cases", root).replaceChildren(...this.sections);
    this.sections.push(one("end", root));
    this.#overview();
    this.#listen();
    this.mark();
    this.show(0);
  }

  #case({ text, items }, n, total, options) {
    const section = copy("x-case");
    section.setAttribute("aria-label", say("case", { n: n + 1 }));
    one("number", section).textContent = say("case-of", { n: n + 1, total });
    if (text) one("text", section).textContent = text;
    else one("vignette", section).remove();
    for (const item of items) section.append(item.essay ? this.#essay(item) : this.#item(item, options[item.n]));
    return section;
  }

  #essay(item) {
    const { n } = item;
    const essay = new Essay({
      item, place: this.items.length + 1, text: this.texts[n] ?? "", mark: () => this.mark(),
      write: (text) => this.write(n, text), typing: () => this.typing(n),
    });
    this.items.push(essay.item);
    this.essays.set(essay.item, essay);
    return essay.item;
  }

  #item({ n, stem, options }, order) {
    const place = this.items.length + 1;
    const item = copy("x-item");
    Object.assign(item.dataset, { xItem: n, xPlace: place });
    item.id = `s${place}`;
    one("place", item).textContent = place;
    one("stem", item).textContent = stem;
    const texts = new Map(options);
    const codes = order ? [...order].filter((code) => texts.has(code)) : [...texts.keys()];
    for (const code of codes) {
      const option = copy("x-option");
      Object.assign(one("choice", option), { name: `i${n}`, value: code, checked: this.answers[n] === code });
      one("words", option).textContent = texts.get(code);
      one("clear", item).before(option);
    }
    this.items.push(item);
    return item;
  }

  #overview() {
    one("numbers", this.root).replaceChildren(...this.items.map((item) => {
      const row = copy("x-number");
      const link = row.firstElementChild;
      Object.assign(link, { textContent: item.dataset.xPlace, href: `#${item.id}` });
      Object.assign(link.dataset, { xGo: item.dataset.xPlace, xNumber: item.dataset.xItem });
      return row;
    }));
    one("total", this.root).textContent = this.items.length;
  }

  #listen() {
    const { root } = this;
    root.addEventListener("change", ({ target }) => {
      const item = target.closest("[data-x-item]");
      if (item && !this.essays.has(item)) this.#choose(item, target.value);
    });
    root.addEventListener("click", (event) => {
      const go = event.target.closest("[data-x-go]");
      if (go) {
        event.preventDefault();
        this.goTo(Number(go.dataset.xGo));
      }
      if (event.target.closest("[data-x-previous]")) this.show(this.here - 1, true);
      if (event.target.closest("[data-x-next]")) this.show(this.here + 1, true);
      if (event.target.closest("[data-x-finish]")) this.show(this.sections.length - 1, true);
      if (event.target.closest("[data-x-clear]")) this.#clear(event.target.closest("[data-x-item]"));
    });
    root.addEventListener("keydown", (event) => {
      if (event.key === "Escape") one("overview", root).open = false;
      const item = event.target.closest("[data-x-item]");
      const input = item?.querySelectorAll("input")[Number(event.key) - 1];
      if (!input || event.ctrlKey || event.altKey || event.metaKey || input.disabled) return;
      input.focus();
      input.click();
    });
  }

  async #choose(item, choice) {
    item.dataset.state = "writing";
    const kept = this.record(Number(item.dataset.xItem), choice);
    this.mark();
    // Of two quick taps on one item the last one says how it stands.
    item.kept = kept;
    const worked = await kept;
    if (item.kept === kept) item.dataset.state = worked ? "kept" : "trouble";
  }

  #clear(item) {
    for (const input of item.querySelectorAll("input")) input.checked = false;
    item.querySelector("input").focus();
    this.#choose(item, "");
  }

  chosen(item) {
    return item.querySelector("input:checked")?.value ?? "";
  }

  get blank() {
    return this.items.filter((item) => this.essays.get(item)?.isBlank ?? !this.chosen(item));
  }

  // Brings counts, overview and the list of blanks up to date.
  mark() {
    const blank = new Set(this.blank);
    for (const item of this.items) {
      if (!this.essays.has(item)) one("clear", item).hidden = blank.has(item);
      const link = this.root.querySelector(`[data-x-number="${item.dataset.xItem}"]`);
      if (blank.has(item)) delete link.dataset.state;
      else link.dataset.state = "answered";
      link.setAttribute("aria-label", say(blank.has(item) ? "number-blank" : "number-answered", { n: item.dataset.xPlace }));
    }
    one("count", this.root).textContent = this.items.length - blank.size;
    one("blanks-title", this.root).textContent = blank.size ? say("blanks", { n: blank.size }) : say("no-blanks");
    one("blanks", this.root).replaceChildren(...[...blank].map((item) => {
      const row = copy("x-number");
      const link = row.firstElementChild;
      Object.assign(link, { textContent: item.dataset.xPlace, href: `#${item.id}` });
      link.dataset.xGo = item.dataset.xPlace;
      link.setAttribute("aria-label", say("number-blank", { n: item.dataset.xPlace }));
      return row;
    }));
  }

  goTo(place) {
    const item = this.items[place - 1];
    this.show(this.sections.findIndex((section) => section.contains(item)), item);
  }

  show(place, focus) {
    this.here = Math.max(0, Math.min(this.sections.length - 1, place));
    this.sections.forEach((section, n) => { section.hidden = n !== this.here; });
    one("previous", this.root).disabled = this.here === 0;
    one("next", this.root).disabled = this.here === this.sections.length - 1;
    one("overview", this.root).open = false;
    if (!focus) return;
    const target = focus === true ? this.sections[this.here] : focus;
    target.setAttribute("tabindex", "-1");
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "start" });
  }

  // Puts on record what is being written.
  flush() {
    for (const essay of this.essays.values()) essay.flush();
  }

  // Nothing can be changed any more.
  close() {
    for (const essay of this.essays.values()) essay.close();
    for (const input of this.root.querySelectorAll("[data-x-item] input")) input.disabled = true;
    for (const button of this.root.querySelectorAll("[data-x-clear]")) button.hidden = true;
  }
}
