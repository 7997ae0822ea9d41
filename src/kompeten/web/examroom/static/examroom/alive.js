// Who reads for minutes taps nothing. A link of its own says now and then that the page is open and well, so
// that nobody is sent to look; it is also one more anchor of time. Protocol, section 1.

const EVERY = 90_000; // after the last contact, a quarter more or less by lot
const MOST = 60; // in one attempt on this device: in a sitting of hours they come less often,
const LONG = 200_000; // but often enough for the boards, which wait for five minutes
const HIDDEN = 2 * 60_000; // a page out of sight for longer says no more: somebody may well go and look

export class Alive {
  // `left` says how many milliseconds the sitting goes on, 0 or less when nothing is to be said.
  constructor({ attempt, sync, left, now = () => performance.now(), isHidden = () => document.visibilityState === "hidden" }) {
    Object.assign(this, { attempt, sync, left, now, isHidden });
    const links = attempt.chains.flatMap((chain) => chain.links);
    this.said = links.filter(([kind]) => kind === "b").length;
    this.#spoke();
  }

  #spoke() {
    this.last = this.now();
    this.lot = 0.75 + Math.random() / 2;
  }

  // Called each second. What waits to be sent is a sign of life already, and so is what is being tried
  // again: without a line there is at most one of these, and none makes a busy server busier.
  async tick() {
    const { attempt, sync } = this;
    const now = this.now();
    this.unseen = this.isHidden() ? this.unseen ?? now : null;
    if (this.unseen !== null && now - this.unseen >= HIDDEN) return;
    const left = this.left();
    if (left <= 0 || this.said >= MOST || sync.pending || sync.failures) return;
    const every = Math.min(LONG, Math.max(EVERY, left / (MOST - this.said)));
    if (now - Math.max(this.last, sync.last) < every * this.lot) return;
    this.#spoke();
    this.said += 1;
    await attempt.record("b");
    sync.nudge(); // when the server wants to hear again, by lot, as after a tap
  }
}
