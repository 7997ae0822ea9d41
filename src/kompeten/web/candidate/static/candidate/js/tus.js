// One exchange of tus 1.0 with our server. Resolves with {isDone, status, offset, place, reasons, after};
// status 0 is somebody else's answer, such as the log-in page of a hotel's network.
const VERSION = "1.0.0";
const PATIENCE = 20_000;

export async function send(method, url, { token, length, said, offset, part, patience = PATIENCE }) {
  const headers = { "Tus-Resumable": VERSION, "X-CSRFToken": token };
  if (said) Object.assign(headers, { "Upload-Length": length, "Upload-Metadata": metadata(said) });
  if (part) {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", part));
    headers["Content-Type"] = "application/offset+octet-stream";
    headers["Upload-Offset"] = offset;
    headers["Upload-Checksum"] = `sha256 ${base64(digest)}`;
  }
  const answer = await fetch(url, { method, headers, body: part, redirect: "manual", signal: AbortSignal.timeout(patience) });
  const isOurs = answer.headers.get("Tus-Resumable") === VERSION;
  const status = isOurs || answer.status >= 400 ? answer.status : 0;
  const place = answer.headers.get("Location");
  const had = answer.headers.get("Upload-Offset");
  return {
    isDone: isOurs && answer.ok && had !== null,
    status,
    offset: had === null ? null : Number(had),
    place,
    reasons: isOurs && status === 422 ? (await answer.json()).reasons : [],
    after: 1000 * (Number(answer.headers.get("Retry-After")) || 0),
  };
}

function metadata(said) {
  return Object.entries(said).map(([key, text]) => `${key} ${base64(new TextEncoder().encode(text))}`).join(",");
}

function base64(bytes) {
  return btoa(String.fromCharCode(...bytes));
}
