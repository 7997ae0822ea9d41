// Says what to do when the device could not use a passkey; the login library only logs it.
export function wake(notices) {
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    for (const notice of notices) notice.hidden = false;
    notices[0].scrollIntoView({ block: "nearest" });
  });
}
