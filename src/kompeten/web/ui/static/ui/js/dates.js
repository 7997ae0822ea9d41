// Says a chosen day in words below its field: browsers write it in an order of their own, and on many
// phones that is month first.
const FIRST_YEAR = 1900; // below it somebody is still typing

export function wake(lines) {
  for (const line of lines) {
    const input = document.getElementById(line.dataset.kDate);
    if (!input) continue;
    const show = () => {
      const day = input.valueAsDate;
      line.hidden = !day || day.getUTCFullYear() < FIRST_YEAR;
      line.textContent = line.hidden
        ? ""
        : day.toLocaleDateString(document.documentElement.lang, { dateStyle: "long", timeZone: "UTC" });
    };
    input.addEventListener("input", show);
    show();
  }
}
