// One essay on the paper. What is written goes on record when the writer pauses, leaves the field or
// the page, and at the latest after two seconds: a killed page loses no more.
import { copy, one, say } from "./words.js";

const PAUSE = 1000;
const LATEST = 2000;

export class Essay {
  // `write(text)` resolves with true once it is kept; `typing()` says that something is not on record yet;
  // `mark()` that the text became blank, or is no longer.
  constructor({ item: { n, stem, essay }, place, text, write, typing, mark }) {
    Object.assign(this, { write, typing, mark, longest: essay.longest });
    this.item = copy("x-essay");
    Object.assign(this.item.dataset, { xItem: n, xPlace: place });
    this.item.id = `s${place}`;
    one("place", this.item).textContent = place;
    one("stem", this.item).textContent = stem;
    one("hint", this.item).textContent = essay.hint;
    one("hint", this.item).hidden = !essay.hint;
    one("limits", this.item).textContent = say("essay-limits", { points: essay.points, longest: essay.longest });
    this.area = one("area", this.item);
    this.area.id = `e${n}`;
    one("label", this.item).htmlFor = this.area.id;
    const told = ["hint", "limits", "length"].map((hook) => {
      const line = one(hook, this.item);
      line.id = `${this.area.id}-${hook}`;
      return line.id;
    });
    this.area.setAttribute("aria-describedby", told.join(" "));
    this.area.maxLength = essay.longest;
    this.area.value = text;
    this.area.addEventListener("input", () => this.#typed());
    this.area.addEventListener("blur", () => this.flush());
    this.#count();
  }

  get isBlank() {
    return !this.area.value.trim();
  }

  #typed() {
    const now = performance.now();
    this.since ??= now;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), Math.max(0, Math.min(PAUSE, this.since + LATEST - now)));
    this.typing();
    this.#tell("writing");
    const was = this.wasBlank;
    this.#count();
    if (this.isBlank !== was) this.mark();
  }

  // Puts what stands in the field on record; resolves when it is kept.
  async flush() {
    clearTimeout(this.timer);
    if (this.since === undefined) return this.kept;
    this.since = undefined;
    const kept = this.write(this.area.value);
    this.kept = kept;
    const worked = await kept;
    // What was typed meanwhile is not kept yet.
    if (this.kept === kept && this.since === undefined) this.#tell(worked ? "kept" : "trouble");
    return worked;
  }

  #tell(state) {
    this.item.dataset.state = state;
    one("kept", this.item).textContent = say(`status-${state}`);
  }

  #count() {
    const { value } = this.area;
    this.wasBlank = this.isBlank;
    const words = value.split(/\s+/).filter(Boolean).length;
    one("length", this.item).textContent = say("essay-length", { words, n: value.length, most: this.longest });
    one("full", this.item).hidden = value.length < this.longest;
  }

  close() {
    this.flush();
    this.area.readOnly = true;
  }
}
