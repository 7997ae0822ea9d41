// A line between device and server on which everything happens that happens to lines. Requests that
// are let through reach the real server.

const real = window.fetch.bind(window);
const lines = new Map(); // by attempt
let back = Promise.resolve();

// Resolves when the server is there, which one of the lines may have had ended.
export const serverBack = () => back;

window.fetch = (url, options) => {
  const attempt = /"ticket":"1\.([0-9A-Z]{10})\./.exec(options?.body ?? "")?.[1];
  const line = lines.get(attempt);
  return line ? line.fetch(url, options) : real(url, options);
};

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const cut = () => new TypeError("Failed to fetch");

export class Line {
  held = []; // copies of requests that come again, later and in another order

  // `happened(fault)` counts; `end(fault)` ends the server by a fault and brings it back.
  constructor({ attempt, dice, share, happened, end }) {
    Object.assign(this, { dice, share, happened, end, attempt });
    lines.set(attempt, this);
  }

  close() {
    lines.delete(this.attempt);
  }

  async fetch(url, options) {
    if (this.isOff) throw cut();
    if (this.ending) {
      const fault = this.ending;
      this.ending = "";
      this.happened(fault);
      back = this.end(fault);
      await pause(this.dice.upto(30)); // it comes before, while and after the server keeps this
      const answer = real(url, options).catch(() => { throw cut(); });
      const [said] = await Promise.allSettled([answer, back]);
      if (said.status === "rejected") throw said.reason;
      return said.value;
    }
    const fault = this.dice.chance(this.share) ? this.dice.of(Object.keys(FAULTS)) : "";
    if (!fault) return real(url, options);
    this.happened(fault);
    return FAULTS[fault].call(this, url, options);
  }

  // What was held back arrives now, last first.
  async release() {
    for (const [url, options] of this.held.splice(0).reverse()) await real(url, options).catch(() => {});
  }
}

const FAULTS = {
  async "request lost"() {
    throw cut();
  },
  async "reply lost"(url, options) {
    await real(url, options);
    throw cut();
  },
  async "reply torn"(url, options) {
    const text = await (await real(url, options)).text();
    return new Response(text.slice(0, this.dice.upto(text.length)), { status: 200 });
  },
  async "bad gateway"() {
    return new Response("<html>502</html>", { status: 502 });
  },
  async "bad gateway after all"(url, options) {
    await real(url, options);
    return new Response("<html>502</html>", { status: 502 });
  },
  async "sent twice"(url, options) {
    const [, second] = await Promise.all([real(url, options), real(url, options)]);
    return second;
  },
  async "comes again later"(url, options) {
    this.held.push([url, options]);
    return real(url, options);
  },
  async "overtaken"(url, options) {
    this.held.push([url, options]);
    throw cut();
  },
  async "somebody else's reply"(url, options) {
    const said = await (await real(url, options)).json();
    if (said.receipt) said.receipt = said.receipt.replace(/\.\d+\.line\./, ".1.line.");
    return Response.json(said);
  },
  async "slow"(url, options) {
    await pause(20 + this.dice.upto(60));
    return real(url, options);
  },
};
