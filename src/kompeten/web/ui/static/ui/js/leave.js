// Somebody logs out: what they photographed and did not send goes with them. Asked before: it would
// have to be taken again.
import { clearPages, waiting } from "./device.js";

export async function leave(form) {
  const { who, kLeave: words } = form.dataset;
  const { photographed } = await waiting(who);
  if (photographed && !window.confirm(words.replace("{}", photographed))) return;
  await clearPages((whose) => whose === who);
  form.submit();
}
