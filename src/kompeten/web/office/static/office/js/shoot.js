// Makes a photo small on the device before it is sent, and shows it beside the portrait. Without this
// file, or where anything in it does not work, the photo goes as it is and the server makes it small.
const EDGE = 960;
const QUALITY = 0.85;

async function shot(input) {
  const [file] = input.files;
  const canvas = input.form.querySelector("[data-k-shot]");
  const asked = input.form.querySelector("[data-k-unshot]");
  canvas.hidden = true;
  asked.hidden = false;
  if (!file) return;
  const picture = await createImageBitmap(file); // upright: browsers turn it as its file says
  const scale = Math.min(1, EDGE / Math.max(picture.width, picture.height));
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  canvas.hidden = false;
  asked.hidden = true;
  const small = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  // Another one may have been taken meanwhile, or it was small to begin with.
  if (!small || small.size >= file.size || input.files[0] !== file) return;
  const carried = new DataTransfer();
  carried.items.add(new File([small], "foto.jpg", { type: "image/jpeg" }));
  input.files = carried.files;
}

for (const input of document.querySelectorAll("input[data-k-shoot]")) {
  input.form.dataset.shoots = ""; // the picture itself is the button now
  input.addEventListener("change", () => {
    shot(input).catch(() => {}); // the server says what is wrong with it
  });
}
