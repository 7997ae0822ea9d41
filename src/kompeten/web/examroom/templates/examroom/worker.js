// Keeps the pages of the exam room on the device, so that a sitting works without a line. What goes to
// or comes from the vault is never kept here. Made by kompeten.web.examroom.worker.
const KEPT = {{ kept }};
const PAGES = {{ pages }};
const NAME = "ujian-{{ version }}";
const PACKAGES = "ujian-paket";

self.addEventListener("install", (event) => {
  // A page under way keeps the version it began with: the new one waits until all are closed.
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll([...KEPT, ...Object.values(PAGES)])));
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith("ujian-") && name !== NAME && name !== PACKAGES) await caches.delete(name);
    }
    await self.clients.claim();
  })());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith("/ujian/brankas/")) return;
  if (request.mode === "navigate") {
    if (url.pathname === PAGES.practice) event.respondWith(first(PAGES.practice, request));
    else if (/^\/ujian\/[^/]+\/lembar\/$/.test(url.pathname)) event.respondWith(first(PAGES.sheet, request));
    else if (/^\/ujian\/[0-9A-Za-z]{10}\/$/.test(url.pathname)) event.respondWith(door(request, url));
  } else if (KEPT.includes(url.pathname) || url.pathname.startsWith("/ujian/paket/")) {
    event.respondWith(first(url.pathname, request));
  }
});

async function first(path, request) {
  return (await caches.match(path, { ignoreVary: true })) ?? fetch(request);
}

// The door is the server's; without a line, or where a proxy answers that the server is away, the paper
// behind it is what the person came for.
async function door(request, url) {
  const answer = await fetch(request).catch(() => null);
  if (answer && ![502, 503, 504].includes(answer.status)) return answer;
  return Response.redirect(`${url.pathname}lembar/`);
}
