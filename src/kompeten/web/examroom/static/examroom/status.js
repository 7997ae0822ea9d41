// What may be said of the answers? "Kept on this device" only after the stores have them, "arrived"
// only after a receipt that was checked. Screen readers hear a change of kind, not each tap.
import { parse } from "./receipt.js";
import { clock as hour, one, say } from "./words.js";

export class Status {
  constructor(attempt) {
    this.attempt = attempt;
    this.offline = false;
    this.state = "";
  }

  // Signs of life are nobody's answers: they are not counted, and not spoken of every other minute.
  get pending() {
    const { attempt } = this;
    const waiting = attempt.chains.flatMap((chain) => chain.links.slice(attempt.acknowledged(chain)));
    return waiting.filter(([kind]) => kind !== "b").length;
  }

  // How the line is doing: sending, sent, offline, busy, refused or unreadable.
  line(state) {
    this.trouble = ["refused", "unreadable", "busy"].includes(state) ? state : "";
    if (state !== "sending") this.offline = state !== "sent";
    this.show();
  }

  show() {
    const { attempt } = this;
    if (!attempt.chain) return;
    const state = this.#state();
    const line = one("saved");
    const newest = parse(attempt.meta.receipts[attempt.chain.chain]);
    line.dataset.state = state;
    line.textContent = say(`status-${state}`, {
      n: this.pending, time: newest ? hour(newest.received, attempt.meta.ticket?.zone) : "",
    });
    if (state === "writing" || state === this.state) return;
    this.state = state;
    one("heard").textContent = say(`heard-${state}`);
  }

  #state() {
    const { attempt } = this;
    if (attempt.typed.size) return "writing";
    if (!this.pending) return "sent";
    if (attempt.notKept) return "trouble";
    if (this.trouble) return this.trouble;
    if (attempt.kept < attempt.chain.length) return "writing";
    return this.offline ? "offline" : "kept";
  }

  // What is on record about leaving the page, shown to whom it is about.
  facts() {
    const left = this.attempt.chains.reduce((sum, { links }) => sum + links.filter(([kind]) => kind === "f").length, 0);
    const line = one("facts");
    line.hidden = !left;
    line.textContent = say("left-page", { n: left });
  }

  counts() {
    const { answers, texts, meta, essays } = this.attempt;
    const answered = [...Object.values(answers), ...Object.values(texts)].filter((said) => said?.trim()).length;
    return { answered, blank: meta.items + essays - answered };
  }

  receipt() {
    const receipts = Object.values(this.attempt.meta.receipts).map(parse).filter(Boolean);
    const newest = receipts.sort((one, other) => other.received - one.received)[0];
    return newest ? say("receipt", { time: hour(newest.received, this.attempt.meta.ticket?.zone), code: newest.head.slice(0, 8) }) : "";
  }
}
