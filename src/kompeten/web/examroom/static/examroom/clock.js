// What is the time, and how far can it be trusted? Two clocks run: `mono` counts from the loading of
// the page and never goes back, `wall` is the device's own and may be set by anybody. Once the server
// has spoken, its time is reckoned from mono; before that there is only wall.

const TICK = 1000;
const JUMP = 1500; // less is the coarseness of timers and the small corrections of network time
const LATE = 5000; // a tick this late in sight: the device slept or the page stood still
const LATE_UNSEEN = 90_000; // browsers let pages out of sight tick once a minute

export class Clock {
  // `note(kind, choice)` hears of jumps (`c`) and of stand-stills (`s`), which become links.
  constructor({ note = () => {}, mono = () => performance.now(), wall = Date.now, skew = 0 } = {}) {
    this.monoNow = mono;
    this.wallNow = wall;
    this.note = note;
    this.skew = skew; // server minus wall, as last seen on this device, also by an earlier page
    this.offset = null; // server minus mono
    this.seen = { mono: this.mono(), wall: this.wall(), hidden: false };
    this.listeners = [];
  }

  mono() {
    return Math.floor(this.monoNow());
  }

  wall() {
    return Math.floor(this.wallNow());
  }

  get isAnchored() {
    return this.offset !== null;
  }

  // The best guess at the server's time, in milliseconds since 1970.
  now() {
    return this.isAnchored ? this.offset + this.mono() : this.wall() + this.skew;
  }

  // An answer that says `now` to what was sent at `sent`. As on the server the smallest offset is the
  // best one: what lies between sending and arriving can only make it larger.
  anchor(now, sent) {
    const offset = now - sent;
    this.offset = this.isAnchored ? Math.min(this.offset, offset) : offset;
    this.skew = this.offset + this.mono() - this.wall();
  }

  start() {
    this.timer = setInterval(() => this.tick(), TICK);
  }

  stop() {
    clearInterval(this.timer);
  }

  onTick(listener) {
    this.listeners.push(listener);
  }

  tick() {
    const before = this.seen;
    const hidden = globalThis.document?.visibilityState === "hidden";
    const seen = (this.seen = { mono: this.mono(), wall: this.wall(), hidden });
    const passed = seen.mono - before.mono;
    const jump = seen.wall - before.wall - passed;
    const late = passed - TICK > (hidden || before.hidden ? LATE_UNSEEN : LATE);
    // Wall went ahead of mono: it was set, or mono stood still in sleep, and then the old offset would
    // promise time that has run out. The next answer of the server decides; till then wall is shown.
    if (jump > JUMP) this.offset = null;
    if (late) this.note("s", String(passed));
    if (Math.abs(jump) > JUMP) this.note("c", String(jump));
    for (const listener of this.listeners) listener(this);
  }
}

// The first instant at which an answer comes too late; protocol, section 7.
export function endsAt({ opened, minutes, closes, extra }) {
  return Math.min(opened + minutes * 60_000, closes) + extra * 60_000;
}
