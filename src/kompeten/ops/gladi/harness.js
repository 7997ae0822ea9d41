// What the driver calls: `gladi.use(urls)` once, then `gladi.play(plans)`; counts come back with them.
import { Dice } from "./device.js";
import { Line } from "./line.js";
import { play, use } from "./sitting.js";

async function one(plan) {
  const faults = {};
  const happened = (fault) => { faults[fault] = (faults[fault] ?? 0) + 1; };
  const dice = new Dice(plan.seed);
  const line = new Line({ attempt: plan.attempt, dice, share: plan.share, happened, end: (fault) => window.endServer(fault) });
  try {
    return { ...(await play({ ...plan, dice, line, happened })), faults };
  } catch (error) {
    line.close();
    return { attempt: plan.attempt, failures: [`harness: ${error.stack}`], receipts: [], chains: [], answers: null, faults };
  }
}

window.gladi = { use, play: (plans) => Promise.all(plans.map(one)) };
