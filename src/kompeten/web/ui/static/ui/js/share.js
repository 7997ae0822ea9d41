// Hands an address to the phone's own sharing, or copies it where there is none; shown only where one works.
export function wake(places) {
  for (const place of places) {
    const address = place.dataset.kShare;
    if (!navigator.share && !navigator.clipboard) continue;
    place.hidden = false;
    place.querySelector("button").addEventListener("click", async () => {
      try {
        if (navigator.share) await navigator.share({ url: address });
        else {
          await navigator.clipboard.writeText(address);
          place.querySelector("[role=status]").hidden = false;
        }
      } catch (refusal) {
        // Closing the phone's list of places is no fault.
        if (refusal.name !== "AbortError") place.hidden = true;
      }
    });
  }
}
