// Counts the words of a text while it is written and says when they are enough.
const count = (text) => (text.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’-]*/gu) || []).length;

export function wake(lines) {
  for (const line of lines) {
    const area = document.getElementById(line.dataset.kWords);
    const output = line.querySelector("output");
    if (!area || !output) continue;
    const least = Number(line.dataset.min);
    const most = Number(line.dataset.max) || Infinity;
    const show = () => {
      const words = count(area.value);
      output.hidden = false;
      output.textContent = `${words.toLocaleString(document.documentElement.lang)} ${output.dataset.word}`;
      output.dataset.state = words > most ? "bad" : words >= least ? "good" : "";
    };
    area.addEventListener("input", show);
    show();
  }
}
