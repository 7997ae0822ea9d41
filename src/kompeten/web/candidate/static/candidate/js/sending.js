// Goes on sending what waits on this device, from any page that is open, and says so there.
import { Outbox } from "./outbox.js";

// `place` carries the account and the words; `tell(entry)` hears of each change. Returns the outbox, or
// null where the browser cannot keep one.
export function begin(place, tell) {
  if (!Outbox.can()) return null;
  const token = () => JSON.parse(document.body.getAttribute("hx-headers"))["x-csrftoken"];
  const box = new Outbox({ who: place.dataset.who, token, tell });
  box.poke();
  return box;
}

export function kilobytes(bytes) {
  return Math.ceil(bytes / 1000).toLocaleString(document.documentElement.lang);
}
