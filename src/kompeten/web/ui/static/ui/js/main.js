// Which behaviours does this page ask for? Each lives in a module of its own and is fetched only
// where its hook, `data-k-…`, stands. Without JavaScript every page works.
const behaviours = {
  "[data-k-words]": () => import("./words.js"),
  "[data-k-date]": () => import("./dates.js"),
  "[data-k-confirm]": () => import("./confirm.js"),
  "[data-k-menu]": () => import("./menu.js"),
  "[data-k-focus]": () => import("./focus.js"),
  "[data-k-camera]": () => import("./camera.js"),
  "[data-k-passkey]": () => import("./passkey.js"),
  "[data-k-share]": () => import("./share.js"),
  "[data-k-helped]": () => import("./helped.js"),
  "[data-k-cleared]": () => import("./cleared.js"),
};

async function wake(root) {
  for (const [hook, fetch] of Object.entries(behaviours)) {
    const found = root.querySelectorAll(hook);
    if (found.length) (await fetch()).wake(found);
  }
}

// Whoever logs out leaves nothing that they photographed; fetched only then. Where it cannot be fetched
// the form goes as it is, and no page is lost: without a line nobody is logged out, and says the browser;
// with one, the pages wait unseen for who took them. In front of what follows: who stays may ask again.
document.addEventListener("submit", async (event) => {
  if (!event.target.matches("[data-k-leave]")) return;
  event.preventDefault();
  await import("./leave.js").then(({ leave }) => leave(event.target), () => event.target.submit());
});

// A second click while the first is under way is the same click: one form, one message. A page taken
// back from the browser's memory, or a form that answered with a download, may send again. What only
// asks changes nothing: one form may fetch two papers with two buttons.
const underway = new Map();
const PATIENCE_MS = 5000;
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.getAttribute("method") !== "post") return;
  const since = underway.get(event.target);
  if (since && event.timeStamp - since < PATIENCE_MS) event.preventDefault();
  else underway.set(event.target, event.timeStamp);
});
window.addEventListener("pageshow", () => underway.clear());

wake(document);
document.addEventListener("htmx:load", (event) => {
  if (event.target !== document.body) wake(event.target);
});
