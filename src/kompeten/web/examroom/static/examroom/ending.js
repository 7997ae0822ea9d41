// The end of a sitting on this device: what is here goes to the centre, by line or by hand. When all of it
// has arrived nothing more is recorded, and nothing need stay here.
import { forget } from "./clear.js";
import { open as handInByHand } from "./handin.js";
import { one, say } from "./words.js";

const WAIT = 20_000; // for the last answers, before the ways without a line are offered

// `shown` is the part of the page that tells of it. An attempt that only stopped is still needed here.
export async function ended({ shown, attempt, sync, status, stopped = false }) {
  const arrival = (state) => {
    for (const part of shown.querySelectorAll("[data-x-arrival]")) part.hidden = part.dataset.xArrival !== state;
  };
  arrival("sending");
  const late = setTimeout(() => {
    arrival("waiting");
    handInByHand(one("by-hand", shown), attempt.forHand);
  }, WAIT);
  attempt.arrived = () => {
    if (sync.pending || attempt.isDone) return;
    attempt.isDone = true;
    clearTimeout(late);
    one("receipt", shown).textContent = status.receipt();
    one("answered", shown).textContent = say("answered", status.counts());
    arrival("arrived");
    if (!stopped) offer(shown, attempt, sync);
  };
  await sync.flush();
  attempt.arrived();
}

// Phones are shared: who wants to takes everything away now. It is asked once.
function offer(shown, attempt, sync) {
  const asked = one("remove-asked", shown);
  const ask = one("remove", shown);
  const show = (isAsked) => {
    [asked.hidden, ask.hidden] = [!isAsked, isAsked];
  };
  ask.hidden = false;
  ask.onclick = () => {
    show(true);
    one("remove-no", shown).focus();
  };
  one("remove-no", shown).onclick = () => {
    show(false);
    ask.focus();
  };
  one("remove-yes", shown).onclick = async () => {
    show(false);
    sync.stop();
    const gone = await forget(attempt.stores, attempt.ref).catch(() => false);
    ask.hidden = gone;
    const said = one("removed", shown);
    said.textContent = say(gone ? "removed" : "not-removed");
    said.hidden = false;
    if (!gone) return;
    attempt.chain = null;
    // Loading this page again would prepare the device anew; the door says how things stand.
    history.replaceState(null, "", "../");
  };
}
