// What was recorded and is not yet acknowledged? Sent until the server has signed for it. Sending
// anything twice changes nothing there, so in doubt it is sent again.
import { post } from "./line.js";
import { parse, verified } from "./receipt.js";

const MOST = 500; // links in one message
const FEW = 20; // the fewest that a slow line is asked to carry at once
const SOON = 700; // after a tap, so that two quick ones travel together
const FIRST_NEXT = 5000;
const LONGEST = 60_000;
const PATIENCE = 15_000;
const KEEPALIVE = 60_000; // bytes that a page may send on its way out
const FULL = 48 * 1024; // bytes of links, after which a message ends

export class Sync {
  // `work` is the attempt: {ticket, chains, sendable(chain), acknowledged(chain), acknowledge(chain, receipt), answer(said)}.
  // `keys(more)` are those of `line.keysOf`; `tell(state)` hears "sending", "sent", "offline", "busy",
  // "refused" or "unreadable".
  constructor({ url, keys, work, clock, tell }) {
    Object.assign(this, { url, keys, work, clock, tell });
    this.most = this.limit = MOST;
    this.next = FIRST_NEXT;
    this.failures = 0;
    this.last = -Infinity;
  }

  get pending() {
    const { work } = this;
    return work.chains.reduce((sum, chain) => sum + Math.max(0, work.sendable(chain) - work.acknowledged(chain)), 0);
  }

  // Something was recorded: send it when the server wants to hear from us again. Devices draw lots
  // within that interval, or a whole hall that began together would go on speaking together.
  nudge() {
    if (this.timer || this.sending || this.failures) return;
    const due = this.last + this.next * (0.75 + Math.random() / 2);
    this.#wait(Math.max(SOON, due - performance.now()));
  }

  // Sends all there is at once. Resolves with true when nothing is pending any more.
  async flush() {
    clearTimeout(this.timer);
    this.timer = 0;
    if (!this.sending) this.sending = this.#run().finally(() => { this.sending = null; });
    return this.sending;
  }

  stop() {
    clearTimeout(this.timer);
    this.stopped = true;
  }

  async #run() {
    while (this.pending && !this.stopped) {
      this.tell("sending");
      const wait = await this.#send(this.work.chains.find((chain) => this.work.acknowledged(chain) < this.work.sendable(chain)));
      if (wait !== null) {
        this.#wait(wait);
        return false;
      }
    }
    this.tell("sent");
    return true;
  }

  // Sends one segment. Returns null when it is acknowledged, else how long to wait.
  async #send(chain) {
    const sent = this.clock.mono();
    let heard = null;
    try {
      heard = await post(`${this.url}simpan`, this.#body(chain, this.most), PATIENCE);
      if (heard.status === 200 && (await this.#heard(chain, heard.said, sent))) return null;
    } catch (problem) {
      // No line, no answer in time, or one that is no answer: as if nothing had been sent. What a slow
      // line did not carry in time it never will, unless there is less of it.
      const count = this.#count(chain);
      if (["TimeoutError", "AbortError"].includes(problem.name) && count > FEW) this.most = Math.ceil(count / 2);
    }
    return this.#refused(chain, heard ?? {});
  }

  // Says whether this was the server's word, and a new one: an old receipt that comes again lets nothing go.
  async #heard(chain, said, sent) {
    const check = async (more) => verified(said?.receipt, { chain, keys: await this.keys(more) });
    const receipt = parse(said?.receipt) && ((await check(false)) ?? (await check(true)));
    const done = this.work.acknowledged(chain);
    if (!receipt || receipt.first > done + 1 || receipt.last <= done) return false;
    if (Number.isFinite(said.now)) this.clock.anchor(said.now, sent);
    this.last = performance.now();
    this.next = Math.min(Math.max(Number(said.next) || FIRST_NEXT, 1000), 10 * LONGEST);
    this.failures = 0;
    this.most = Math.min(this.limit, 2 * this.most);
    await this.work.acknowledge(chain, receipt);
    this.work.answer(said);
    return true;
  }

  #refused(chain, { status = 0, said = null, after = 0 }) {
    this.failures += 1;
    const sent = this.#count(chain);
    if (status === 413 && sent > 1) {
      this.most = this.limit = Math.ceil(sent / 2);
      return 0;
    }
    // A refusal is the server's only in its own words: a proxy's or a hotel's page says no such thing.
    const word = typeof said?.error === "string" ? status : 0;
    // What the server cannot read may be half of something: the whole chain can be checked alone.
    if (word === 400) this.work.forget(chain);
    this.tell({ 400: "unreadable", 403: "refused" }[word] ?? ([429, 503].includes(status) ? "busy" : "offline"));
    // Full jitter: when the server comes back, all that waited must not knock at one moment.
    const most = Math.min(LONGEST, 1000 * 2 ** Math.min(this.failures, 10));
    return after + Math.random() * most;
  }

  // How many links the next message about a chain has.
  #count(chain) {
    return Math.min(this.most, this.work.sendable(chain) - this.work.acknowledged(chain));
  }

  #body(chain, most) {
    const done = this.work.acknowledged(chain);
    const { ticket } = this.work;
    const { chain: name, parent } = chain;
    const links = fitting(chain.links.slice(done, Math.min(done + most, this.work.sendable(chain))));
    const said = { v: 1, ticket, chain: name, parent, first: done + 1, before: chain.hashAt(done), links };
    // Only of a chain of this page load do we know what its mono reads now.
    if (chain === this.work.chain) said.sent = this.clock.mono();
    return JSON.stringify(said);
  }

  // The page goes away and will not hear the answer; whoever opens it again asks for a receipt.
  leave() {
    const chain = this.work.chain;
    if (!chain || this.work.acknowledged(chain) >= this.work.sendable(chain)) return;
    const body = this.#body(chain, MOST);
    if (body.length < KEEPALIVE) navigator.sendBeacon?.(`${this.url}simpan`, body);
  }

  #wait(milliseconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), milliseconds);
  }
}

// As many of the links as one message holds; each alone is far smaller.
function fitting(links) {
  let size = 0;
  const end = links.findIndex((link) => (size += JSON.stringify(link).length + 1) > FULL);
  return end < 0 ? links : links.slice(0, end);
}
