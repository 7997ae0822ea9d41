// Keeps a sheet of marks while somebody fills it in. The server's answer replaces the line that says
// how far one is. What could not be kept stays in its field, is said so, and is sent again.
const SOON = 400; // after a choice
const PAUSE = 1500; // after typing
const FIRST_RETRY = 5000;
const LAST_RETRY = 60000;

class Keeper {
  constructor(form) {
    this.form = form;
    this.place = form.dataset.kKeep;
    this.written = 0; // counts changes, so that an answer knows whether it has the last word
    this.kept = 0;
    this.retry = FIRST_RETRY;
    form.addEventListener("input", (event) => this.changed(event.target));
    form.addEventListener("submit", () => {
      this.leaving = true;
    });
    window.addEventListener("pageshow", () => {
      this.leaving = false;
    });
    window.addEventListener("online", () => this.send());
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) this.send();
    });
    window.addEventListener("beforeunload", (event) => {
      if (!this.leaving && (this.kept < this.written || this.unkept())) event.preventDefault();
    });
  }

  changed(field) {
    if ("kUnkept" in field.dataset) return;
    this.written += 1;
    this.say("typing");
    this.later(field.matches("textarea") ? PAUSE : SOON);
  }

  // What the server takes only with a button: reasons to send back, a recommendation.
  unkept() {
    const fields = this.form.querySelectorAll("[data-k-unkept]");
    return [...fields].some((field) =>
      field.type === "radio" ? field.checked !== field.defaultChecked : field.value !== field.defaultValue,
    );
  }

  later(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), pause);
  }

  async send() {
    if (this.kept === this.written || this.busy || this.stopped) return;
    clearTimeout(this.timer);
    this.busy = true;
    const mine = this.written;
    this.say("saving");
    const body = new URLSearchParams(new FormData(this.form));
    body.set("langkah", "simpan");
    try {
      const response = await fetch(this.form.action, {
        method: "POST",
        headers: { "HX-Request": "true" },
        body,
        redirect: "manual",
        keepalive: String(body).length < 60000, // browsers refuse more
      });
      await this.read(response, mine);
    } catch {
      this.fail("offline");
    } finally {
      this.busy = false;
    }
    if (this.kept < this.written && !this.failed && !this.stopped) this.later(SOON);
  }

  async read(response, mine) {
    const isRedirect = response.type === "opaqueredirect" || response.headers.has("HX-Redirect");
    if (isRedirect) this.stop("login");
    else if (response.ok) {
      this.kept = mine;
      this.failed = false;
      this.retry = FIRST_RETRY;
      this.show(await response.text());
    } else if (response.status === 409) {
      this.stopped = true;
      this.show(await response.text());
    } else if (response.status === 403 || response.status === 404) this.stop("gone");
    else this.fail("broken");
  }

  show(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    const fresh = page.getElementById(this.place);
    const old = document.getElementById(this.place);
    if (!fresh) return;
    const places = old.querySelector("[data-k-scroll]");
    const left = places ? places.scrollLeft : 0;
    old.replaceWith(fresh);
    const again = fresh.querySelector("[data-k-scroll]");
    if (again) again.scrollLeft = left;
    if (this.kept < this.written) this.say("typing");
  }

  stop(state) {
    this.stopped = true;
    this.say(state);
  }

  fail(state) {
    this.failed = true;
    this.say(state);
    this.later(this.retry);
    this.retry = Math.min(this.retry * 2, LAST_RETRY);
  }

  say(state) {
    const line = this.form.querySelector("[data-k-keep-line]");
    if (!line || this.stopped === true && ["typing", "saving"].includes(state)) return;
    const words = this.form.dataset[state];
    if (line.textContent !== words) line.textContent = words;
    line.dataset.state = ["typing", "saving"].includes(state) ? "" : "bad";
  }
}

for (const form of document.querySelectorAll("form[data-k-keep]")) new Keeper(form);
