// Which behaviours does this page ask for? Each lives in a module of its own and is fetched only
// where its hook, `data-k-…`, stands. Without JavaScript every page works.
const behaviours = {
  "[data-k-words]": () => import("./words.js"),
  "[data-k-confirm]": () => import("./confirm.js"),
  "[data-k-menu]": () => import("./menu.js"),
  "[data-k-focus]": () => import("./focus.js"),
  "[data-k-passkey]": () => import("./passkey.js"),
};

async function wake(root) {
  for (const [hook, fetch] of Object.entries(behaviours)) {
    const found = root.querySelectorAll(hook);
    if (found.length) (await fetch()).wake(found);
  }
}

wake(document);
document.addEventListener("htmx:load", (event) => {
  if (event.target !== document.body) wake(event.target);
});
