// Asks once more before a button does what cannot be taken back.
export function wake(buttons) {
  for (const button of buttons) {
    button.addEventListener("click", (event) => {
      if (!window.confirm(button.dataset.kConfirm)) {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
    });
  }
}
