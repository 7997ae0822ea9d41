// Finds a reason by typing some of its words, over a list of choices that stays what the form sends.
let count = 0;

export function reasons(place, taken) {
  const list = place.querySelector("select");
  if (!list || place.querySelector("[role=combobox]")) return;
  const options = [...list.options].filter((option) => option.value);
  const box = document.createElement("ul");
  box.className = "k-desk-reasons";
  box.id = `alasan-${++count}`;
  box.setAttribute("role", "listbox");
  box.hidden = true;
  const input = document.createElement("input");
  input.type = "text";
  input.className = "k-control";
  input.autocomplete = "off";
  input.placeholder = place.dataset.search;
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-expanded": "false", "aria-controls": box.id, "aria-autocomplete": "list",
  })) input.setAttribute(name, value);
  const label = place.querySelector(`label[for="${list.id}"]`);
  input.id = `${list.id}-cari`;
  label.htmlFor = input.id;
  list.hidden = true;
  list.before(input, box);
  if (list.value) input.value = list.selectedOptions[0].text;
  let at = 0;

  const found = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    return options.filter((option) => words.every((word) => option.text.toLowerCase().includes(word)));
  };

  function draw() {
    const fitting = found();
    at = Math.min(at, Math.max(fitting.length - 1, 0));
    box.replaceChildren(...fitting.map((option, n) => {
      const item = document.createElement("li");
      item.id = `${box.id}-${n}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", String(n === at));
      item.textContent = option.text;
      item.addEventListener("mousedown", (event) => {
        event.preventDefault();
        take(option);
      });
      return item;
    }));
    if (!fitting.length) {
      const none = document.createElement("li");
      none.textContent = place.dataset.none;
      box.append(none);
    }
    box.hidden = false;
    input.setAttribute("aria-expanded", "true");
    input.setAttribute("aria-activedescendant", fitting.length ? `${box.id}-${at}` : "");
    box.children[at]?.scrollIntoView({ block: "nearest" });
  }

  function close() {
    box.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    input.value = list.value ? list.selectedOptions[0].text : "";
  }

  function take(option) {
    list.value = option.value;
    list.dispatchEvent(new Event("change", { bubbles: true }));
    close();
    const note = place.querySelector("textarea");
    // A reason that says nothing by itself asks for a note; the others lead on.
    if (option.value === "fault.other") note?.focus();
    else taken();
  }

  list.addEventListener("k-desk-filled", close);
  input.addEventListener("focus", () => {
    input.value = "";
    at = Math.max(options.findIndex((option) => option.value === list.value), 0);
    draw();
  });
  input.addEventListener("input", () => {
    at = 0;
    draw();
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const fitting = found();
    if (event.key === "ArrowDown") at = Math.min(at + 1, fitting.length - 1);
    else if (event.key === "ArrowUp") at = Math.max(at - 1, 0);
    else if (event.key === "Enter" && fitting[at]) take(fitting[at]);
    else if (event.key !== "Enter") return;
    event.preventDefault();
    if (event.key !== "Enter") draw();
  });
}
