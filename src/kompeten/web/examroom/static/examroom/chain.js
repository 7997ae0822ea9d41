// Links that hash to one another: what one page load recorded. The same bytes as on the server
// (docs/rooms/exam-protocol.md, section 1); tests/make/chain_vectors.json holds both to it.
import { fold } from "./edits.js";
import { ascii, hex, join, sha256 } from "./sha256.js";

const SEED = "kompeten/chain/1";
export const LONGEST = 4000;

export function root(attempt, chain, parent) {
  return sha256(ascii(`${SEED}|${attempt}|${chain}|${parent}`));
}

export function onward(before, number, [kind, item, choice, mono, wall]) {
  return sha256(join(before, ascii(`${number}|${kind}|${item}|${choice}|${mono}|${wall}`)));
}

export function randomName() {
  return hex(crypto.getRandomValues(new Uint8Array(8)));
}

export class Chain {
  // `base` is what stood on the server when this one began there: {item: choice}, and `texts` of essays.
  constructor({ attempt, chain = randomName(), parent = "", base = null, texts, begun = Date.now() }) {
    Object.assign(this, { attempt, chain, parent, base, texts, begun });
    this.links = [];
    this.hashes = [root(attempt, chain, parent)];
  }

  get length() {
    return this.links.length;
  }

  // Where a later chain goes on from.
  get place() {
    return this.length ? `${this.chain}:${this.length}:${this.head}` : "";
  }

  get head() {
    return hex(this.hashes[this.length]);
  }

  hashAt(number) {
    return hex(this.hashes[number]);
  }

  add(link) {
    this.links.push(link);
    this.hashes.push(onward(this.hashes[this.length - 1], this.length, link));
    return this.length;
  }

  // What the stores keep: a line about the chain, then one a link with its own hash.
  get heading() {
    const { attempt, chain, parent, base, texts, begun } = this;
    return JSON.stringify({ v: 1, attempt, chain, parent, base, texts, begun });
  }

  line(number) {
    return JSON.stringify([...this.links[number - 1], this.hashAt(number)]);
  }

  get lines() {
    return [this.heading, ...this.links.map((_, n) => this.line(n + 1))];
  }

  // Returns the chain that `lines` hold as far as they hash to one another, or null. A torn or
  // changed line ends it: what comes after cannot be told from damage.
  static read(lines, attempt) {
    const head = parse(lines[0]);
    if (head?.v !== 1 || head.attempt !== attempt || !/^[0-9a-f]{16}$/.test(head.chain)) return null;
    const chain = new Chain(head);
    for (const line of lines.slice(1)) {
      const kept = parse(line);
      if (!Array.isArray(kept) || kept.length !== 6) break;
      const link = kept.slice(0, 5);
      const hash = onward(chain.hashes[chain.length], chain.length + 1, link);
      if (hex(hash) !== kept[5]) break;
      chain.links.push(link);
      chain.hashes.push(hash);
    }
    return chain;
  }
}

// The answers that stand at `from`, going back over the chains this device has: {item: choice}.
export function standing(chains, from) {
  return walked(chains, from, "base", (found, links) => {
    for (const [kind, item, choice] of links) if (kind === "a") found[item] = choice;
  });
}

// The texts that stand there: {item: text}. Each chain tells its own from the beginning.
export function standingTexts(chains, from) {
  return walked(chains, from, "texts", (found, links) => {
    const edits = {};
    for (const [kind, item, detail] of links) if (kind === "e") (edits[item] ??= []).push(detail);
    for (const [item, some] of Object.entries(edits)) {
      if (some.some((edit) => !edit.endsWith(":"))) found[item] = fold(some);
    }
  });
}

function walked(chains, from, base, read) {
  const found = {};
  const seen = new Set();
  const fold = (chain, upto) => {
    if (!chain || seen.has(chain)) return;
    seen.add(chain);
    const [parent, place] = chain.parent.split(":");
    if (chain.base) Object.assign(found, chain[base]);
    else fold(chains.find((other) => other.chain === parent), Number(place));
    read(found, chain.links.slice(0, upto));
  };
  fold(from, from?.length);
  return found;
}

function parse(line) {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

