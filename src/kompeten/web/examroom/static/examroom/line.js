// How is the server spoken to? One way for all: nothing is taken from a cache, no redirect is followed, and
// what does not answer in time is no line. Where a hotel's log-in page answers instead, that is none either.

const LATEST = 5 * 60_000; // a proxy may ask for hours; nobody waits so long with answers
const PATIENCE = 8000;

// Ends a request after so long. Browsers before 2022 lack the short way, and would wait for ever.
export function within(milliseconds) {
  if (AbortSignal.timeout) return AbortSignal.timeout(milliseconds);
  const stop = new AbortController();
  setTimeout(() => stop.abort(), milliseconds);
  return stop.signal;
}

// Returns what an answer says if that is a JSON object, or null: our server says nothing else.
export async function object(response) {
  const said = await response.json().catch((problem) => {
    if (problem instanceof SyntaxError) return null;
    throw problem; // the line broke off in the middle
  });
  return said && typeof said === "object" && !Array.isArray(said) ? said : null;
}

// Sends text to the vault. Resolves with {status, said, after}: what was said, null where it is not ours,
// and in how many milliseconds the server wants to hear again. Rejects where there is no line.
export async function post(url, body, patience) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "text/plain" },
    body,
    signal: within(patience),
    cache: "no-store",
    redirect: "error",
  });
  return { status: response.status, said: await object(response), after: pause(response) };
}

export function pause(response) {
  const seconds = Number(response.headers.get("Retry-After"));
  return Math.min(LATEST, Math.max(0, seconds * 1000 || 0));
}

// The keys that receipts are checked by: those `known` from the package; with `more` also what the server
// has now, for a second set may have come into use since.
export function keysOf(vault, known) {
  let others = [];
  return async (more = false) => {
    if (more) {
      const how = { signal: within(PATIENCE), cache: "no-store", redirect: "error" };
      const said = await fetch(`${vault}kunci`, how).then(object).catch(() => null);
      if (Array.isArray(said?.keys)) others = said.keys;
    }
    return [...known, ...others];
  };
}
