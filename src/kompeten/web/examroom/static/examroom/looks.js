// How the page looks to this person: larger letters, three sizes and around again, and the theme.
const SIZES = ["", "large", "largest"];
const PLACE = "ujian/huruf";

function set(size) {
  document.documentElement.dataset.letters = size;
}

try {
  set(localStorage.getItem(PLACE) ?? "");
} catch {
  // A browser that forbids the store shows the usual size.
}
document.querySelector("[data-x-larger]")?.addEventListener("click", () => {
  const size = SIZES[(SIZES.indexOf(document.documentElement.dataset.letters ?? "") + 1) % SIZES.length];
  set(size);
  try {
    localStorage.setItem(PLACE, size);
  } catch {
    // It holds until the page is closed.
  }
});

// The page is the same file for everybody, so the theme somebody chose is not written into it.
const theme = /(?:^|; )tema=(light|dark)/.exec(document.cookie)?.[1];
if (theme) document.documentElement.dataset.theme = theme;
