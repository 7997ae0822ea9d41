// Three places on a device that keep lines under names. Each has `open`, `append`, `replace`, `read`,
// `remove` and `names` (of all where there is no prefix), and rejects with an error whose `name` says what is wrong.

export class Database {
  label = "idb";

  open() {
    return new Promise((done, fail) => {
      const asked = indexedDB.open("ujian", 1);
      asked.onupgradeneeded = () => {
        asked.result.createObjectStore("lines");
        asked.result.createObjectStore("names");
      };
      asked.onsuccess = () => {
        this.db = asked.result;
        // Another tab, or the browser itself, wants to delete or upgrade: do not stand in the way.
        this.db.onversionchange = () => this.db.close();
        done();
      };
      asked.onerror = () => fail(asked.error);
      asked.onblocked = () => fail(new DOMException("", "BlockedError"));
    });
  }

  append(name, at, lines) {
    return this.#write(name, (store) => lines.forEach((line, n) => store.put(line, [name, at + n])));
  }

  replace(name, lines) {
    return this.#write(name, (store) => {
      store.delete(all(name));
      lines.forEach((line, n) => store.put(line, [name, n]));
    });
  }

  read(name) {
    return this.#ask("lines", (store) => store.getAll(all(name)));
  }

  names(prefix) {
    const range = prefix ? IDBKeyRange.bound(`${prefix}/`, `${prefix}/~`) : null;
    return this.#ask("names", (store) => store.getAllKeys(range));
  }

  remove(name) {
    return this.#write(name, (lines, names) => {
      lines.delete(all(name));
      names.delete(name);
    });
  }

  #write(name, change) {
    return new Promise((done, fail) => {
      // Strict: complete only when it is on the disk, not when the system has taken it.
      const wrote = this.db.transaction(["lines", "names"], "readwrite", { durability: "strict" });
      wrote.oncomplete = () => done();
      wrote.onabort = wrote.onerror = () => fail(wrote.error ?? new DOMException("", "AbortError"));
      wrote.objectStore("names").put(1, name);
      change(wrote.objectStore("lines"), wrote.objectStore("names"));
    });
  }

  #ask(store, question) {
    return new Promise((done, fail) => {
      const asked = question(this.db.transaction(store).objectStore(store));
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => fail(asked.error);
    });
  }
}

const all = (name) => IDBKeyRange.bound([name], [name, []]);

export class Files {
  label = "opfs";
  #asked = new Map();
  #count = 0;

  // `url` is that of the worker, opfs.js.
  constructor(url) {
    this.url = url;
  }

  open() {
    this.worker?.terminate();
    this.worker = new Worker(this.url);
    this.worker.onmessage = ({ data: { id, value, trouble } }) => {
      const { done, fail } = this.#asked.get(id) ?? {};
      this.#asked.delete(id);
      if (trouble) fail?.(new DOMException("", trouble));
      else done?.(value);
    };
    this.worker.onerror = () => {
      for (const { fail } of this.#asked.values()) fail(new DOMException("", "WorkerError"));
      this.#asked.clear();
    };
    return this.#ask("open");
  }

  append(name, at, lines) {
    return this.#ask("append", name, lines);
  }

  async replace(name, lines) {
    await this.#ask("replace", name, lines);
    if (name.endsWith("/meta")) await this.#ask("release", name);
  }

  read(name) {
    return this.#ask("read", name);
  }

  names(prefix) {
    return this.#ask("names", prefix);
  }

  remove(name) {
    return this.#ask("remove", name);
  }

  #ask(asked, name, lines) {
    return new Promise((done, fail) => {
      const id = ++this.#count;
      this.#asked.set(id, { done, fail });
      this.worker.postMessage({ id, asked, name, lines });
    });
  }
}

// Where one of the two is missing or broken; small, and written by the browser when it likes.
export class Local {
  label = "local";

  async open() {
    localStorage.setItem("ujian", "");
  }

  async append(name, at, lines) {
    const before = (await this.read(name)).slice(0, at);
    await this.replace(name, [...before, ...lines]);
  }

  async replace(name, lines) {
    localStorage.setItem(`ujian/${name}`, lines.join("\n"));
  }

  async read(name) {
    const kept = localStorage.getItem(`ujian/${name}`);
    return kept ? kept.split("\n") : [];
  }

  async names(prefix) {
    const start = prefix ? `ujian/${prefix}/` : "ujian/";
    const found = Object.keys(localStorage).filter((key) => key.startsWith(start));
    return found.map((key) => key.slice("ujian/".length)).filter((name) => name.includes("/"));
  }

  async remove(name) {
    localStorage.removeItem(`ujian/${name}`);
  }
}
