// A photo becomes pages: where the paper ends, which way is up, whether it can be read, how much it weighs.
// Nothing leaves the device here. Everything is drawn on canvases, and kept on the device as it is done;
// in memory stands no more than the page that is looked at: the camera needs room, too.
import { WHOLE, faults, findPaper } from "./paper.js";
import { bind, cut, drawn, jpeg, pixels, reduced, shrunk, turned } from "./shrink.js";
import { kilobytes } from "./outbox.js";

const SHOWN = 900; // points of the longer side on the screen
const SMALL = 96; // and in the row of pages
const LOOKED_AT = 256; // in which the paper is looked for
const STEP = 0.01; // of the picture, by which an arrow key moves a corner
export const PATIENCE = 700; // after which it is said what goes on
const FINE = 0.85; // of what the edges can be changed in later; it is never sent

export class Shot {
  // `paper` has the pages that were taken before, if any. `handOver` gets {name, bytes} to be sent; until it
  // has them the dialog stands, so that whoever sees it go may switch the device off.
  // A step that takes long is told by `busy`.
  constructor({ template, title, isPortrait, takesPictures, paper, handOver, busy }) {
    Object.assign(this, { isPortrait, takesPictures, paper, handOver, busy, asked: null, small: new Map() });
    this.dialog = template.content.firstElementChild.cloneNode(true);
    this.find("[data-k-title]").textContent = title;
    for (const button of this.dialog.querySelectorAll("[data-k-do]")) {
      button.addEventListener("click", () => this.#alone(() => this[button.dataset.kDo]()));
    }
    for (const corner of this.corners) this.#movable(corner);
    const more = this.find("[data-k-more]");
    more.addEventListener("change", () => this.#alone(() => this.#add(more)));
    more.addEventListener("cancel", () => paper.answer().catch(this.#end));
    // Not the one of the camera, which comes up here.
    this.dialog.addEventListener("cancel", (event) => event.target === this.dialog && this.isBusy && event.preventDefault());
  }

  find(hook) {
    return this.dialog.querySelector(hook);
  }

  get corners() {
    return [...this.dialog.querySelectorAll("[data-k-corner]")];
  }

  get page() {
    return this.paper.pages[this.n];
  }

  // Resolves with whether it was handed over; else it stays for later.
  // Rejects with InvalidStateError where the file is no picture, with NotFoundError or VersionError where
  // the pages are gone or were changed on another page.
  async take(file) {
    await this.#shoot(file, this.isPortrait && this.paper.pages.length ? 0 : null);
    return this.#shown();
  }

  // As `take`, with the pages of before; `isLost`: the photo that was to come after them has not.
  // Rejects where they can no longer be read.
  async resume({ isLost }) {
    const isLess = await this.paper.sort();
    const { pages } = this.paper;
    const open = pages.findIndex((page) => page.isOpen);
    await (open < 0 ? this.#look(pages.length - 1) : this.edges(open));
    this.find("[data-k-lost]").hidden = !isLost && !isLess;
    return this.#shown();
  }

  #shown() {
    document.body.append(this.dialog);
    this.dialog.showModal();
    return new Promise((done, fail) => {
      this.dialog.addEventListener("close", async () => {
        await this.step; // a browser that is pressed closes it all the same
        this.dialog.remove();
        if (this.error) fail(this.error);
        done(this.isSent);
      });
    });
  }

  #end = (error) => {
    this.error = error;
    this.dialog.close();
  };

  // A second press while the first is at work is none.
  #alone(work) {
    if (this.isBusy) return;
    this.#isAt(true);
    this.step = (async () => work())().catch(this.#end).finally(() => this.#isAt(false));
  }

  #isAt(isBusy) {
    const line = this.find("[data-k-busy]");
    this.isBusy = isBusy;
    this.dialog.setAttribute("aria-busy", isBusy);
    line.textContent = "";
    clearTimeout(this.slow);
    if (isBusy) this.slow = setTimeout(() => { line.textContent = this.busy; }, PATIENCE);
  }

  // A photo becomes one page more, or if it is cut takes the place of page `n`.
  async #shoot(file, n) {
    const picture = await drawn(file);
    const photo = await jpeg(picture, FINE);
    const found = this.isPortrait ? null : findPaper(pixels(reduced(picture, LOOKED_AT)));
    const { pages } = this.paper;
    const page = { id: Date.now(), quad: copied(found ?? WHOLE), turns: 0, isOpen: true, made: null };
    if (n === null) n = pages.push(page) - 1;
    else pages[n] = { ...page, instead: pages[n] };
    this.paper.name ||= file.name;
    this.paper.asked = 0;
    await this.paper.keep(page, "photo", photo);
    this.#edit(n, picture);
  }

  #edit(n, picture) {
    Object.assign(this, { n, picture });
    this.#stage("edges");
    show(this.find("[data-k-picture]"), picture, SHOWN);
    this.#outline();
  }

  #stage(name) {
    this.dialog.dataset.stage = name;
    this.find("[data-k-lost]").hidden = true;
  }

  #outline() {
    const { quad } = this.page;
    this.find("polygon").setAttribute("points", quad.map(([x, y]) => `${100 * x},${100 * y}`).join(" "));
    this.corners.forEach((corner, n) => {
      corner.style.left = `${100 * quad[n][0]}%`;
      corner.style.top = `${100 * quad[n][1]}%`;
    });
  }

  #movable(corner) {
    const n = Number(corner.dataset.kCorner);
    const move = (x, y) => {
      this.page.quad[n] = [x, y].map((value) => Math.max(0, Math.min(1, value)));
      this.#outline();
    };
    corner.addEventListener("pointerdown", (event) => corner.setPointerCapture(event.pointerId));
    corner.addEventListener("lostpointercapture", () => this.paper.keep().catch(this.#end));
    corner.addEventListener("pointermove", (event) => {
      if (!corner.hasPointerCapture(event.pointerId)) return;
      const box = this.find("[data-k-picture]").getBoundingClientRect();
      move((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
    });
    const ways = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };
    corner.addEventListener("keydown", (event) => {
      const way = ways[event.key];
      if (!way) return;
      event.preventDefault();
      move(this.page.quad[n][0] + way[0], this.page.quad[n][1] + way[1]);
    });
    corner.addEventListener("keyup", ({ key }) => key in ways && this.paper.keep().catch(this.#end));
  }

  async turn() {
    const [upperLeft, upperRight, lowerRight, lowerLeft] = this.page.quad.map(([x, y]) => [1 - y, x]);
    this.page.quad = [lowerLeft, upperLeft, upperRight, lowerRight];
    this.page.turns = (this.page.turns + 1) % 4;
    this.#edit(this.n, turned(this.picture));
    await this.paper.keep();
  }

  async whole() {
    this.page.quad = copied(WHOLE);
    this.#outline();
    await this.paper.keep();
  }

  async crop() {
    const { page, paper } = this;
    const { page: flat, side } = cut(this.picture, page.quad);
    const against = this.isPortrait ? [] : faults(pixels(flat), side);
    const { blob, width, height } = await shrunk(flat);
    if (page.instead) paper.drop(page.instead);
    const made = { quad: copied(page.quad), turns: page.turns, width, height, bytes: blob.size, against };
    Object.assign(page, { isOpen: false, made, instead: null });
    this.small.delete(page.id);
    await paper.keep(page, "page", blob);
    await this.#look(this.n);
  }

  // Shows a page as it would be sent.
  async #look(n) {
    Object.assign(this, { n, picture: null });
    const { page, paper } = this;
    const picture = await drawn(await paper.picture(page, "page"));
    this.#stage("page");
    show(this.find("[data-k-page]"), picture, SHOWN);
    const { against } = page.made;
    for (const line of this.dialog.querySelectorAll("[data-k-fault]")) line.hidden = !against.includes(line.dataset.kFault);
    this.find("[data-k-faults]").hidden = !against.length;
    this.find("[data-k-unkept]").hidden = paper.isKept;
    this.find("[data-k-do=add]").hidden = this.isPortrait;
    this.find("[data-k-do=earlier]").hidden = n === 0;
    this.find("[data-k-do=remove]").hidden = paper.pages.length < 2;
    this.find("[data-k-weight]").textContent = this.#weighed();
    await this.#row();
  }

  // The pages in their order, to be looked at again.
  async #row() {
    const { pages } = this.paper;
    const row = this.find("[data-k-row]");
    const hadFocus = row.contains(document.activeElement);
    row.hidden = pages.length < 2;
    row.replaceChildren(...await Promise.all(pages.map((page, n) => this.#button(page, n))));
    if (hadFocus) row.children[this.n].focus();
  }

  async #button(page, n) {
    if (!this.small.has(page.id)) this.small.set(page.id, reduced(await drawn(await this.paper.picture(page, "page")), SMALL));
    const button = Object.assign(document.createElement("button"), { type: "button" });
    button.setAttribute("aria-label", this.find("[data-k-row]").dataset.page.replace("{}", n + 1));
    if (n === this.n) button.setAttribute("aria-current", "true");
    button.append(this.small.get(page.id), n + 1);
    button.addEventListener("click", () => this.#alone(() => this.#look(n)));
    return button;
  }

  async edges(n = this.n) {
    const page = this.paper.pages[n];
    let picture = await drawn(await this.paper.picture(page, "photo"));
    for (let turn = 0; turn < page.turns; turn += 1) picture = turned(picture);
    page.isOpen = true;
    this.#edit(n, picture);
    await this.paper.keep();
  }

  add() {
    this.#ask(null);
  }

  // Takes this page's photo anew; the others stay.
  again() {
    this.#ask(this.n);
  }

  #ask(n) {
    this.asked = n;
    this.paper.ask().catch(this.#end);
    this.find("[data-k-more]").click();
  }

  async #add(input) {
    const [file] = input.files;
    input.value = "";
    if (!file) return;
    try {
      await this.#shoot(file, this.asked);
    } catch (error) {
      await this.paper.answer();
      if (error.name !== "InvalidStateError") throw error; // what is no picture changes nothing: the page that was there stays
    }
  }

  async earlier() {
    const { pages } = this.paper;
    [pages[this.n - 1], pages[this.n]] = [pages[this.n], pages[this.n - 1]];
    await this.paper.keep();
    await this.#look(this.n - 1);
  }

  async remove() {
    this.paper.drop(this.page);
    this.paper.pages.splice(this.n, 1);
    await this.paper.keep();
    await this.#look(Math.min(this.n, this.paper.pages.length - 1));
  }

  // What has been cut before stands as it was; what never was goes.
  async cancel() {
    const { page, paper } = this;
    if (page.made) Object.assign(page, { isOpen: false, quad: copied(page.made.quad), turns: page.made.turns });
    else if (page.instead) {
      paper.drop({ ...page, instead: null });
      paper.pages[this.n] = page.instead;
    } else if (paper.pages.length > 1) return this.remove();
    else return paper.discard().then(() => this.dialog.close());
    await paper.keep();
    return this.#look(this.n);
  }

  // The pages stay, and wait on the card of the document.
  later() {
    this.dialog.close();
  }

  async send() {
    if (!this.paper.pages.length) return this.later();
    await this.paper.keep(); // refused where there is more by now than is seen here
    const pages = await Promise.all(this.paper.pages.map(async (page) => {
      const blob = await this.paper.picture(page, "page");
      return { jpeg: new Uint8Array(await blob.arrayBuffer()), width: page.made.width, height: page.made.height };
    }));
    const stem = this.paper.name.replace(/\.\w+$/, "") || "foto";
    const isPicture = pages.length === 1 && this.takesPictures;
    await this.handOver(isPicture ? { name: `${stem}.jpg`, bytes: pages[0].jpeg } : { name: `${stem}.pdf`, bytes: bind(pages) });
    this.isSent = true;
    return this.dialog.close();
  }

  #weighed() {
    const { weight } = this.find("[data-k-weight]").dataset;
    const { pages } = this.paper;
    const bytes = pages.reduce((sum, { made }) => sum + made.bytes, 0);
    return weight.replace("{pages}", pages.length).replace("{kb}", kilobytes(bytes));
  }
}

const copied = (quad) => quad.map((corner) => [...corner]);

function show(canvas, picture, side) {
  const small = reduced(picture, side);
  Object.assign(canvas, { width: small.width, height: small.height });
  canvas.getContext("2d").drawImage(small, 0, 0);
}
