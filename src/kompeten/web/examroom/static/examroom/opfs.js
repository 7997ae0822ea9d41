// A worker that writes lines to files of its own (the origin private file system). Only a worker has
// handles that write in place and can flush, so that a line is on the disk before it is confirmed.
// Asked with {id, asked, name, lines}; answers {id, value} or {id, trouble}.

const handles = new Map(); // of files that this page goes on writing to
let folder;
let tail = Promise.resolve();

const file = (name) => `${name.replace("/", ".")}.jsonl`;

async function handle(name) {
  const found = handles.get(name);
  if (found) return found;
  const held = await folder.getFileHandle(file(name), { create: true });
  const opened = await held.createSyncAccessHandle();
  handles.set(name, opened);
  return opened;
}

function write(opened, at, lines) {
  const bytes = new TextEncoder().encode(lines.map((line) => `${line}\n`).join(""));
  if (opened.write(bytes, { at }) !== bytes.length) throw new DOMException("", "QuotaExceededError");
  opened.flush();
}

const does = {
  async open() {
    folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("ujian", { create: true });
  },
  async append(name, lines) {
    const opened = await handle(name);
    write(opened, opened.getSize(), lines);
  },
  async replace(name, lines) {
    const opened = await handle(name);
    opened.truncate(0);
    write(opened, 0, lines);
  },
  async read(name) {
    const opened = handles.get(name);
    if (opened) {
      const bytes = new Uint8Array(opened.getSize());
      opened.read(bytes, { at: 0 });
      return split(new TextDecoder().decode(bytes));
    }
    try {
      return split(await (await (await folder.getFileHandle(file(name))).getFile()).text());
    } catch (error) {
      if (error.name === "NotFoundError") return [];
      throw error;
    }
  },
  async names(prefix) {
    const found = [];
    for await (const name of folder.keys()) {
      if (!prefix || name.startsWith(`${prefix}.`)) found.push(name.slice(0, -6).replace(".", "/"));
    }
    return found;
  },
  async remove(name) {
    await does.release(name);
    try {
      await folder.removeEntry(file(name));
    } catch (error) {
      if (error.name !== "NotFoundError") throw error;
    }
  },
  // Lets another tab write to the file.
  async release(name) {
    handles.get(name)?.close();
    handles.delete(name);
  },
};

const split = (text) => text.split("\n").slice(0, -1);

self.onmessage = ({ data: { id, asked, name, lines } }) => {
  tail = tail.then(async () => {
    try {
      self.postMessage({ id, value: await does[asked](name, lines) });
    } catch (error) {
      handles.get(name)?.close();
      handles.delete(name);
      self.postMessage({ id, trouble: error.name || "Error" });
    }
  });
};
