// One attempt on this device: what was recorded here, by this page load and by earlier ones, what the
// server has signed for, and what is needed to go on without it.
import { Chain, LONGEST, randomName, standing, standingTexts } from "./chain.js";
import { difference, written } from "./edits.js";
import { parse } from "./receipt.js";

const DETAIL = /[^A-Za-z0-9._:-]/g;

export class Attempt {
  constructor({ ref, stores, clock, tell = () => {} }) {
    Object.assign(this, { ref, stores, clock, tell });
    this.name = randomName();
    this.chain = null; // of this page load
    this.chains = []; // of this device, the own one last
    this.answers = {};
    this.texts = {}; // of essays, as they stand
    this.told = {}; // of them, what the own chain has told
    this.typed = new Set(); // essays in which something is not on record yet
    this.essays = 0; // how many the paper has
    this.kept = 0; // links of the own chain that the device has surely kept
    this.notKept = false;
    this.isDone = false; // over, and all of it has arrived
    this.early = []; // what happened before there was a chain to record it in
    this.meta = { revision: 0, ticket: null, key: "", opened: 0, extra: 0, skew: 0, givenBack: 0, handed: null, done: {}, receipts: {} };
  }

  // Reads what the device has; damaged or missing lines in one place are mended from the other.
  async load() {
    Object.assign(this.meta, await this.stores.meta(this.ref));
    this.clock.skew = this.meta.skew;
    const names = await this.stores.names(this.ref);
    for (const name of names.filter((one) => !one.endsWith("/meta"))) {
      const chain = await this.stores.load(name, (lines) => {
        const value = Chain.read(lines, this.ref);
        return { value, weight: value?.length ?? -1, lines: value?.lines };
      });
      if (chain) this.chains.push(chain);
    }
    this.chains.sort((one, other) => one.begun - other.begun);
    this.answers = standing(this.chains, this.latest);
    this.texts = standingTexts(this.chains, this.latest);
    return this;
  }

  get ticket() {
    return this.meta.ticket?.ticket ?? "";
  }

  get hasBegun() {
    return this.chains.length > 0;
  }

  // Here or, as the server told, on another device. What had arrived before the seat was given back is void.
  get isHandedIn() {
    const { chains, meta } = this;
    const isVoid = ({ chain }) => parse(meta.receipts[chain])?.received < meta.givenBack;
    return Boolean(meta.handed) || chains.some((chain) => chain.links.some(([kind]) => kind === "h") && !isVoid(chain));
  }

  // Where this device stands: its newest chain that no other goes on from.
  get latest() {
    const parents = new Set(this.chains.map((chain) => chain.parent.split(":")[0]));
    return this.chains.filter((chain) => chain.length && !parents.has(chain.chain)).at(-1) ?? null;
  }

  // Since when the time runs. Who began by a code had the device's own clock, which may be wrong: from the
  // first contact on it is reckoned as the server does, by the anchor of this page load.
  get opened() {
    const { clock, codeAt } = this;
    return codeAt !== undefined && clock.isAnchored ? clock.offset + codeAt : this.meta.opened;
  }

  keep(changes) {
    Object.assign(this.meta, { opened: this.opened }, changes, { revision: this.meta.revision + 1, skew: this.clock.skew });
    return this.stores.putMeta(this.ref, this.meta).catch(() => this.#notKept());
  }

  // Begins the chain of this page load. `how` is line, code or again; `server` is its answer to the
  // opening, if it could be asked: {heads, answers}.
  async begin(how, server) {
    if (this.chain) return; // by line and by a code in the same moment: one chain a page load
    const { latest } = this;
    const heads = server?.heads ?? [];
    const own = heads.find(([chain, count]) => chain === latest?.chain && count <= latest.length);
    const unsent = this.chains.some((chain) => chain.links.slice(this.acknowledged(chain)).some(([kind]) => "ae".includes(kind)));
    // What was done elsewhere is taken over, unless an answer from here has not arrived yet: then the person
    // goes on from what this device showed last, and the server joins the branches.
    const elsewhere = heads.length > (own ? 1 : 0) && !unsent;
    const parent = elsewhere && !own ? heads[0].join(":") : latest?.place ?? "";
    const base = elsewhere ? server.answers : null;
    this.#start({ parent, base, texts: elsewhere ? server.texts : undefined, chain: this.name });
    this.answers = standing(this.chains, this.chain);
    this.texts = standingTexts(this.chains, this.chain);
    await this.record("o", 0, how);
    for (const [kind, choice] of this.early.splice(0)) await this.record(kind, 0, choice);
  }

  #start(said) {
    this.chain = new Chain({ attempt: this.ref, begun: this.clock.wall(), ...said });
    this.chains.push(this.chain);
    this.kept = 0;
    this.told = {};
    this.stores.append(this.#name, this.chain.heading).catch(() => this.#notKept());
  }

  get #name() {
    return `${this.ref}/${this.chain.chain}`;
  }

  // Adds a link; resolves with true once every place that works has it, false if there is none.
  async record(kind, item = 0, choice = "") {
    if (this.isDone) return true; // what happens to the page afterwards is nobody's concern
    if (!this.chain) return void this.early.push([kind, choice]);
    if (this.chain.length >= LONGEST) this.#start({ parent: this.chain.place });
    if (kind === "a") this.answers[item] = choice;
    const { chain } = this;
    const number = chain.add([kind, item, choice, this.clock.mono(), this.clock.wall()]);
    this.tell("recorded");
    try {
      await this.stores.append(this.#name, chain.line(number));
      if (chain === this.chain) this.kept = Math.max(this.kept, number);
      this.notKept = false;
    } catch {
      this.#notKept();
    }
    this.tell("kept");
    return !this.notKept;
  }

  // Puts on record what became of a text: the first time in a chain all of it, then what has changed.
  // Resolves with true once the device has kept it.
  async write(item, text) {
    this.typed.delete(item);
    if (text === (this.texts[item] ?? "")) {
      this.tell("kept");
      return !this.notKept;
    }
    let edits = item in this.told ? difference(this.told[item], text) : written(0, 0, text);
    // The parts of one change stand in one chain.
    if (this.chain.length + edits.length > LONGEST) {
      this.#start({ parent: this.chain.place });
      edits = written(0, 0, text);
    }
    this.texts[item] = text;
    this.told[item] = text;
    const kept = await Promise.all(edits.map((edit) => this.record("e", item, edit)));
    return kept.every(Boolean);
  }

  typing(item) {
    this.typed.add(item);
    this.tell("typing");
  }

  // What is wrong with a place goes on record; the paper goes on.
  trouble(place, what) {
    return this.record("t", 0, `${place}:${what}`.replace(DETAIL, "-").slice(0, 64));
  }

  // How many links of a chain may travel. Those that this device has not kept yet wait: if the power went
  // now, the server would know more than the page shows when it is opened again. Where nothing can be
  // kept here, the server is the only place there is.
  sendable(chain) {
    return chain === this.chain && !this.notKept ? this.kept : chain.length;
  }

  acknowledged(chain) {
    return this.meta.done[chain.chain] ?? 0;
  }

  acknowledge(chain, receipt) {
    const done = this.acknowledged(chain);
    if (receipt.first > done + 1 || receipt.last <= done) return null;
    this.meta.done[chain.chain] = receipt.last;
    this.meta.receipts[chain.chain] = receipt.text;
    return this.keep({}).then(() => this.tell("acknowledged"));
  }

  // The server could not read the rest of the chain: it gets all of it again.
  forget(chain) {
    this.meta.done[chain.chain] = 0;
  }

  // Minutes are only ever given: a server that has just been started may not know of them yet.
  answer({ extra, say }) {
    if (extra > this.meta.extra) this.keep({ extra });
    if (say) this.tell(say);
  }

  // What the ways of handing in without a line need; protocol, section 9.
  get forHand() {
    const { ref, answers, meta } = this;
    const partial = Object.values(this.texts).some((text) => text.trim());
    const chains = this.chains.filter((chain) => chain.length).map((chain) => ({
      chain: chain.chain,
      parent: chain.parent,
      links: chain.links,
      head: chain.head,
      receipts: meta.receipts[chain.chain] ? [meta.receipts[chain.chain]] : [],
    }));
    const { key = "", handin: address } = meta.ticket ?? {};
    return { ref, ticket: this.ticket, key, answers, items: meta.items, chains, address, partial };
  }

  #notKept() {
    this.notKept = true;
    this.tell("notkept");
  }
}
