// One sitting on made-up devices, with a fault at nearly every step. Played by the client's own modules
// against the real server; what a person saw confirmed is held against what is there in the end.
import { DatabasePlace, Disk, FilePlace, shut } from "./device.js";
import { serverBack } from "./line.js";

const VAULT = "/ujian/brankas/";
const HOUR = 3_600_000;
const TRIES = 40; // with the pauses between them about 16 seconds
const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const real = {};

// `urls` are the addresses of the client's modules as the server has them.
export async function use(urls) {
  for (const url of Object.values(urls)) Object.assign(real, await import(url));
}

class Device {
  wallAhead = 0;
  confirmed = new Map(); // item: choice, as the person saw it kept
  open = new Map(); // item: [number, choice] of taps that are not confirmed yet
  taps = 0;
  ever = new Map(); // item: every choice that was tapped here
  whole = true; // both places hold everything; only then may one be lost

  constructor({ ref, ticket, keys, dice, happened, line, failed, receipts }) {
    Object.assign(this, { ref, ticket, keys, dice, happened, line, failed, receipts });
    this.disks = [new Disk(), new Disk()];
  }

  // A page is loaded: what the places hold is read, the server is asked, and the paper goes on.
  async load() {
    const began = performance.now();
    const [one, other] = this.disks;
    this.places = [new DatabasePlace("idb", one, this.dice), new FilePlace("opfs", other, this.dice)];
    const places = [...this.places, new (shut(real.Local))()];
    const clock = new real.Clock({
      note: (kind, choice) => this.attempt.record(kind, 0, choice),
      mono: () => performance.now() - began,
      wall: () => Date.now() + this.wallAhead,
    });
    const stores = await real.Stores.open({ places, trouble: (place, what) => this.attempt?.trouble(place, what) });
    this.stores = stores;
    this.clock = clock;
    this.attempt = null;
    const attempt = await new real.Attempt({ ref: this.ref, stores, clock }).load();
    this.attempt = attempt;
    this.#listen(attempt);
    this.sync = new real.Sync({ url: VAULT, keys: async () => this.keys, work: attempt, clock, tell() {} });
    if (!attempt.meta.ticket) await attempt.keep({ ticket: { ticket: this.ticket, key: "" } });
    await this.#settled();
    this.whole = true;
    const said = await real.ask(attempt, VAULT, 4000).catch(() => null);
    if (said?.key) await attempt.keep({ key: said.key, opened: said.opened, extra: said.extra });
    const how = attempt.hasBegun ? "again" : said?.key ? "line" : "code";
    await attempt.begin(how, said?.key ? said : null);
    this.#compare();
    clock.tick();
  }

  // Every receipt that the client believed: these links may never be lost.
  #listen(attempt) {
    const { acknowledge } = attempt;
    attempt.acknowledge = (chain, receipt) => {
      this.receipts.push(receipt.text);
      return acknowledge.call(attempt, chain, receipt);
    };
  }

  // After a reload each item must show what was confirmed, or a tap that was under way. A device that
  // is not alone may show what the other one said.
  #compare() {
    for (const [item, choice] of this.confirmed) {
      const shown = this.attempt.answers[item] ?? "";
      const allowed = [choice, ...this.underway(item), ...this.elsewhere(item)].map((one) => one ?? "");
      if (!allowed.includes(shown)) this.failed(`${this.elsewhere(item).length ? "two devices, " : ""}item ${item} showed ${shown}, confirmed was ${choice}`);
    }
    this.confirmed = new Map(Object.entries(this.attempt.answers).map(([item, choice]) => [Number(item), choice]));
    this.open.clear();
  }

  elsewhere() {
    return [];
  }

  underway(item) {
    return (this.open.get(item) ?? []).map(([, choice]) => choice);
  }

  #settled() {
    return Promise.all(this.stores.places.map((place) => place.tail));
  }

  async tap(item, choice) {
    const { attempt } = this;
    const number = (this.taps += 1);
    this.ever.set(item, [...(this.ever.get(item) ?? []), choice]);
    this.open.set(item, [...(this.open.get(item) ?? []), [number, choice]]);
    const kept = attempt.record("a", item, choice).then((is) => {
      if (!is || attempt !== this.attempt) return;
      this.confirmed.set(item, choice);
      // A later tap on the same item may still be under way.
      this.open.set(item, this.open.get(item)?.filter(([later]) => later > number) ?? []);
    });
    if (this.dice.chance(0.7)) await Promise.race([kept, new Promise((done) => setTimeout(done, 50))]);
  }

  // The tab is killed, the battery dies: nothing more is written, nothing of the memory is left.
  async killed() {
    this.sync.stop();
    for (const place of this.places) place.die();
    const { attempt } = this;
    attempt.acknowledge = () => new Promise(() => {});
    await this.load();
  }

  async strike() {
    const fault = this.dice.of(Object.keys(STRIKES));
    if (await STRIKES[fault].call(this)) this.happened(fault);
  }

  // Everything works again: all is sent, and nothing stays behind.
  async finish({ handIn }) {
    for (const place of this.places) place.trouble = "";
    if (handIn) await this.attempt.record("h");
    for (const place of this.stores.places) place.again = 0;
    await this.stores.inspect();
    for (let n = 0; n < TRIES && this.#unsent; n += 1) {
      await serverBack(); // another sitting may just have had it ended
      await this.sync.flush();
      await pause(n * 20);
    }
    if (this.#unsent) this.failed(`${this.#unsent} links never left the device`);
    this.sync.stop();
    this.chains = this.attempt.chains.map(({ chain, parent, links }) => ({ chain, parent, links: [...links] }));
  }

  // Counted by what is there, not by what the client says is pending.
  get #unsent() {
    const { attempt } = this;
    return attempt.chains.reduce((sum, chain) => sum + chain.length - attempt.acknowledged(chain), 0);
  }
}

const STRIKES = {
  async "tab killed"() {
    await this.killed();
    return true;
  },
  // The first place wiped must be filled again before the other one may go: with both gone at once
  // only what has arrived is left, and no device can promise more.
  async "store wiped, then killed"() {
    if (!this.whole) return false;
    await this.stores.inspect();
    this.whole = false;
    this.dice.of(this.disks).wipe();
    await this.killed();
    return true;
  },
  async "store wiped"() {
    if (!this.whole) return false;
    this.dice.of(this.disks).wipe();
    await this.stores.inspect();
    return true;
  },
  async "disk full"() {
    const place = this.dice.of(this.places);
    if (this.places.some((one) => one.trouble)) return false;
    place.trouble = "QuotaExceededError";
    this.whole = false;
    return true;
  },
  async "disk free again"() {
    const full = this.places.find((one) => one.trouble);
    if (!full) return false;
    full.trouble = "";
    for (const place of this.stores.places) place.again = 0;
    await this.stores.inspect();
    return true;
  },
  async "clock set wrong"() {
    this.wallAhead += (this.dice.next() - 0.5) * 48 * HOUR;
    this.clock.tick();
    return true;
  },
  async "page left and shown again"() {
    this.attempt.record("f");
    this.attempt.record("r");
    return true;
  },
  async "nothing tapped for minutes"() {
    this.attempt.record("b");
    return true;
  },
  async "line away"() {
    this.line.isOff = true;
    return true;
  },
  async "line back"() {
    this.line.isOff = false;
    await this.line.release();
    return true;
  },
  async "page left for good, then opened"() {
    this.sync.leave();
    await this.killed();
    return true;
  },
};

// Plays one sitting; returns what the harness then looks for in the vault.
export async function play({ attempt, ticket, keys, dice, line, items, steps, two, end, happened }) {
  const failures = [];
  const receipts = [];
  const made = { ref: attempt, ticket, keys, dice, happened, line, receipts, failed: (what) => failures.push(what) };
  const devices = [new Device(made)];
  await devices[0].load();
  for (let step = 0; step < steps; step += 1) {
    if (two && step === Math.floor(steps / 2)) {
      happened("second device");
      devices.push(new Device(made));
      // Where two devices differ, what was first durable stands, whichever it was: a person sees both.
      const said = (item) => devices.flatMap((one) => [...(one.ever.get(item) ?? []), ""]);
      for (const device of devices) device.elsewhere = said;
      await devices[1].load();
    }
    const device = dice.of(devices);
    await device.tap(1 + dice.upto(items), dice.chance(0.1) ? "" : dice.of(["a", "b", "c", "d"]));
    if (step === end.step) line.ending = end.fault;
    if (dice.chance(0.35) || step === end.step) {
      const sent = device.sync.flush();
      if (dice.chance(0.8)) await sent;
    }
    if (dice.chance(0.3)) await device.strike();
  }
  line.isOff = false;
  line.share = 0;
  for (const device of devices) await device.finish({ handIn: device === devices.at(-1) });
  await line.release();
  line.close();
  const chains = devices.flatMap((device) => device.chains);
  return { attempt, failures, receipts, chains, answers: two ? null : devices[0].attempt.answers };
}
