// A board that asks again by itself does so only while somebody looks at it, and leaves the keyboard
// where it stood: htmx keeps the focus of what has an id, links of rows are found by their address.
const board = "[data-k-look]";
let focused = null;

document.addEventListener("htmx:beforeRequest", (event) => {
  if (document.hidden && event.target.matches(board)) event.preventDefault();
});

document.addEventListener("visibilitychange", () => {
  const shown = document.querySelector(board);
  if (!document.hidden && shown) shown.dispatchEvent(new CustomEvent("seen"));
});

document.addEventListener("htmx:beforeSwap", (event) => {
  const active = document.activeElement;
  const inside = event.target.matches?.(board) && event.target.contains(active);
  const section = inside ? active.closest("[aria-labelledby]") : null;
  focused = section && { part: section.getAttribute("aria-labelledby"), href: active.getAttribute("href") };
});

document.addEventListener("htmx:afterSettle", () => {
  if (!focused || document.activeElement !== document.body) return;
  const links = document.querySelectorAll(`[aria-labelledby="${focused.part}"] a`);
  [...links].find((link) => link.getAttribute("href") === focused.href)?.focus({ preventScroll: true });
  focused = null;
});
