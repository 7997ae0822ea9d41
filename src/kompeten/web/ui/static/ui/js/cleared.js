// The device goes to somebody else: nothing of the one before is left on it, nor in another tab.
import { CHANNEL, clear } from "./device.js";

export function wake() {
  sessionStorage.clear();
  clear();
  new BroadcastChannel(CHANNEL).postMessage("over");
}
