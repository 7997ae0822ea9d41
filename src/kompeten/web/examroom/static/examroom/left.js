// The door looks whether answers are still on this device. What is of a sitting that is over is sent from
// here; of whatever does not leave, the page says where to open it.
import { Attempt } from "./attempt.js";
import { clear } from "./clear.js";
import { Clock } from "./clock.js";
import { keysOf } from "./line.js";
import { Stores } from "./stores.js";
import { Sync } from "./sync.js";
import { copy, one } from "./words.js";

const root = one("left");
const { xRef: own, xVault: vault, xOpfs: opfs } = root.dataset;
const rows = one("left-rows", root);

async function look() {
  const stores = await Stores.open({ opfs });
  // Another's exam that is under way is nobody's business here.
  const left = (await clear(stores)).filter(({ ref, over }) => over || ref === own);
  rows.replaceChildren(...left.map(row));
  root.hidden = !left.length;
  for (const [n, { ref, over }] of left.entries()) {
    if (over && (await send(ref, stores))) rows.children[n].dataset.state = "arrived";
  }
}

function row({ ref, title }) {
  const line = copy("x-left-row");
  one("left-title", line).textContent = title;
  one("left-open", line).href = `/ujian/${ref}/lembar/`;
  return line;
}

// Sends once; the paper's own page goes on trying.
async function send(ref, stores) {
  const clock = new Clock();
  const attempt = await new Attempt({ ref, stores, clock }).load();
  if (!attempt.ticket) return false;
  const sync = new Sync({ url: vault, keys: keysOf(vault, []), work: attempt, clock, tell() {} });
  const done = await sync.flush();
  sync.stop();
  return done;
}

look().catch(() => {}); // a door that cannot look is a door all the same
