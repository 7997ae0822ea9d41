// Keeps what somebody writes: a few seconds after each pause, when they leave a field, and when they
// look away. Nothing typed is ever taken out of its field; what could not be sent is sent again.
const PAUSE = 3000;
const LONGEST = 8000;
const FIRST_RETRY = 8000;
const LAST_RETRY = 60000;

class Keeper {
  constructor(form) {
    this.form = form;
    this.token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    this.kept = new Map();
    this.retry = FIRST_RETRY;
    this.busy = false;
    this.stopped = false;
    for (const area of form.querySelectorAll("textarea[name]")) this.watch(area);
    form.addEventListener("submit", () => {
      this.leaving = true;
    });
    window.addEventListener("online", () => this.send());
    // Asked only where sending has failed: else the text is on its way, and outlives the page.
    window.addEventListener("beforeunload", (event) => {
      if (this.failed && this.unsent().length && !this.leaving) event.preventDefault();
    });
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) this.send();
    });
    const restored = "unsaved" in form.dataset ? [] : this.unsent();
    if (restored.length) {
      this.say("typing", restored);
      this.later(PAUSE);
    }
  }

  watch(area) {
    // A page that comes back with reasons shows texts that were not kept.
    this.kept.set(area, "unsaved" in this.form.dataset ? null : area.defaultValue);
    this.restore(area);
    area.addEventListener("input", () => {
      this.remember(area);
      this.say("typing", [area]);
      this.later(PAUSE);
    });
    area.addEventListener("blur", () => this.send());
  }

  // What was typed outlives a reload of this tab, and is gone with it: phones are shared.
  key(area) {
    return `kompeten:${location.pathname}:${area.name}`;
  }

  remember(area) {
    const note = { base: this.kept.get(area), text: area.value };
    try {
      sessionStorage.setItem(this.key(area), JSON.stringify(note));
    } catch {
      this.say("typing", [area]); // no room or not allowed: it stays in its field all the same
    }
  }

  recalled(area) {
    try {
      return JSON.parse(sessionStorage.getItem(this.key(area)));
    } catch {
      return null;
    }
  }

  restore(area) {
    const note = this.recalled(area);
    if (!note) return;
    if (note.base === area.defaultValue && area.value === area.defaultValue) {
      area.value = note.text;
      area.dispatchEvent(new Event("input", { bubbles: true }));
    } else if (note.text === area.defaultValue) {
      sessionStorage.removeItem(this.key(area));
    }
  }

  unsent() {
    return [...this.kept].filter(([area, text]) => area.value !== text).map(([area]) => area);
  }

  later(pause) {
    const now = Date.now();
    this.since ??= now;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), Math.max(0, Math.min(pause, this.since + LONGEST - now)));
  }

  again() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), this.retry);
    this.retry = Math.min(this.retry * 2, LAST_RETRY);
  }

  async send() {
    const areas = this.unsent();
    if (!areas.length || this.busy || this.stopped) return;
    clearTimeout(this.timer);
    this.since = undefined;
    this.busy = true;
    this.say("saving", areas);
    const sent = new Map(areas.map((area) => [area, area.value]));
    try {
      await this.post(sent);
    } finally {
      this.busy = false;
    }
  }

  async post(sent) {
    const body = new URLSearchParams({ csrfmiddlewaretoken: this.token });
    for (const [area, text] of sent) body.set(area.name, text);
    let response;
    try {
      response = await fetch(this.form.action, {
        method: "POST",
        headers: { Accept: "application/json" },
        body,
        redirect: "manual",
        keepalive: String(body).length < 60000, // more is refused by browsers
      });
    } catch {
      this.say("offline", sent.keys());
      this.again();
      return;
    }
    await this.read(response, sent);
  }

  async read(response, sent) {
    const isOurs = (response.headers.get("Content-Type") || "").startsWith("application/json");
    if (response.ok && isOurs) {
      for (const [area, text] of sent) {
        this.kept.set(area, text);
        if (area.value === text) sessionStorage.removeItem(this.key(area));
        else this.remember(area);
      }
      this.retry = FIRST_RETRY;
      const { at } = await response.json();
      const clock = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short" });
      this.failed = false;
      this.say("saved", sent.keys(), clock.format(new Date(at)));
      if (this.unsent().length) this.later(PAUSE);
    } else if (isOurs && [409, 422].includes(response.status)) {
      const { reasons } = await response.json();
      this.stopped = response.status === 409;
      this.say("refused", sent.keys(), reasons.join(" "));
    } else if (response.type === "opaqueredirect" || response.status === 403) {
      this.say("login", sent.keys());
    } else {
      this.say("broken", sent.keys());
      this.again();
    }
  }

  say(state, areas, more = "") {
    if (!["typing", "saving", "saved"].includes(state)) this.failed = true;
    const words = this.form.dataset[state];
    const text = words.includes("{}") ? words.replace("{}", more) : `${words} ${more}`.trim();
    for (const area of areas) {
      const line = this.form.querySelector(`[data-k-saved="${area.name}"]`);
      // Typed on since it was sent: then what stands there is not what was saved.
      const told = state === "saved" && this.kept.get(area) !== area.value ? "typing" : state;
      const said = told === state ? text : this.form.dataset[told];
      if (line.textContent !== said) line.textContent = said;
    }
  }
}

for (const form of document.querySelectorAll("form[data-k-autosave]")) new Keeper(form);
