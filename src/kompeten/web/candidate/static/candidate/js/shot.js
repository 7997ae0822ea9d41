// A photo becomes pages: where the paper ends, which way is up, whether it can be read, how much it weighs.
// Nothing leaves the device here. Everything is drawn on canvases.
import { bind } from "./leaves.js";
import { WHOLE, faults, findPaper } from "./paper.js";
import { cut, drawn, pixels, reduced, shrunk, turned } from "./shrink.js";
import { kilobytes } from "./sending.js";

const SHOWN = 900; // points of the longer side on the screen
const LOOKED_AT = 256; // in which the paper is looked for
const STEP = 0.01; // of the picture, by which an arrow key moves a corner

export class Shot {
  constructor({ template, title, isPortrait, takesPictures }) {
    Object.assign(this, { isPortrait, takesPictures, pages: [] });
    this.dialog = template.content.firstElementChild.cloneNode(true);
    this.find("[data-k-title]").textContent = title;
    for (const button of this.dialog.querySelectorAll("[data-k-do]")) {
      button.addEventListener("click", () => this[button.dataset.kDo]());
    }
    for (const corner of this.corners) this.#movable(corner);
    this.find("[data-k-more]").addEventListener("change", ({ target }) => this.#add(target));
  }

  find(hook) {
    return this.dialog.querySelector(hook);
  }

  get corners() {
    return [...this.dialog.querySelectorAll("[data-k-corner]")];
  }

  // Resolves with {name, bytes} to be sent, or null where nobody wants to.
  // Rejects with InvalidStateError where the file is no picture.
  async take(file) {
    await this.#open(file);
    document.body.append(this.dialog);
    this.dialog.showModal();
    return new Promise((done) => {
      this.dialog.addEventListener("close", () => {
        this.dialog.remove();
        done(this.result ?? null);
      });
    });
  }

  async #open(file) {
    const picture = await drawn(file);
    this.name = file.name;
    const found = this.isPortrait ? null : findPaper(pixels(reduced(picture, LOOKED_AT)));
    this.#edit(picture, found ?? WHOLE);
  }

  #edit(picture, quad) {
    Object.assign(this, { picture, quad: quad.map((corner) => [...corner]) });
    this.dialog.dataset.stage = "edges";
    show(this.find("[data-k-picture]"), picture);
    this.#outline();
  }

  #outline() {
    this.find("polygon").setAttribute("points", this.quad.map(([x, y]) => `${100 * x},${100 * y}`).join(" "));
    this.corners.forEach((corner, n) => {
      corner.style.left = `${100 * this.quad[n][0]}%`;
      corner.style.top = `${100 * this.quad[n][1]}%`;
    });
  }

  #movable(corner) {
    const n = Number(corner.dataset.kCorner);
    const move = (x, y) => {
      this.quad[n] = [x, y].map((value) => Math.max(0, Math.min(1, value)));
      this.#outline();
    };
    corner.addEventListener("pointerdown", (event) => corner.setPointerCapture(event.pointerId));
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
      move(this.quad[n][0] + way[0], this.quad[n][1] + way[1]);
    });
  }

  turn() {
    const [upperLeft, upperRight, lowerRight, lowerLeft] = this.quad.map(([x, y]) => [1 - y, x]);
    this.#edit(turned(this.picture), [lowerLeft, upperLeft, upperRight, lowerRight]);
  }

  whole() {
    this.#edit(this.picture, WHOLE);
  }

  async crop() {
    const { page, side } = cut(this.picture, this.quad);
    this.page = await shrunk(page);
    this.dialog.dataset.stage = "page";
    show(this.find("[data-k-page]"), page);
    const against = this.isPortrait ? [] : faults(pixels(page), side);
    for (const line of this.dialog.querySelectorAll("[data-k-fault]")) line.hidden = !against.includes(line.dataset.kFault);
    this.find("[data-k-faults]").hidden = !against.length;
    this.find("[data-k-add]").hidden = this.isPortrait;
    this.find("[data-k-weight]").textContent = this.#weighed();
  }

  edges() {
    this.#edit(this.picture, this.quad);
  }

  add() {
    this.isAnew = false;
    this.find("[data-k-more]").click();
  }

  // Takes this page's photo anew; pages before it stay.
  again() {
    this.isAnew = true;
    this.find("[data-k-more]").click();
  }

  async #add(input) {
    const [file] = input.files;
    input.value = "";
    if (!file) return;
    const { page } = this;
    try {
      await this.#open(file);
    } catch (error) {
      if (error.name !== "InvalidStateError") throw error;
      return; // what is no picture changes nothing: the page that was there stays
    }
    if (!this.isAnew) this.pages.push(page);
  }

  #weighed() {
    const { weight } = this.find("[data-k-weight]").dataset;
    const pages = [...this.pages, this.page];
    const bytes = pages.reduce((sum, { jpeg }) => sum + jpeg.length, 0);
    return weight.replace("{pages}", pages.length).replace("{kb}", kilobytes(bytes));
  }

  send() {
    const pages = [...this.pages, this.page];
    const stem = this.name.replace(/\.\w+$/, "") || "foto";
    if (pages.length === 1 && this.takesPictures) this.result = { name: `${stem}.jpg`, bytes: pages[0].jpeg };
    else this.result = { name: `${stem}.pdf`, bytes: bind(pages) };
    this.dialog.close();
  }

  cancel() {
    this.dialog.close();
  }
}

function show(canvas, picture) {
  const small = reduced(picture, SHOWN);
  Object.assign(canvas, { width: small.width, height: small.height });
  canvas.getContext("2d").drawImage(small, 0, 0);
}
