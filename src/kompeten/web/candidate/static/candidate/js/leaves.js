// Several pages as one PDF: each a JPEG that fills its page, no larger than A4. Nothing else is in it,
// no name, no date, no programme.
const SHORT = 595;
const LONG = 842;

// `pages` are {jpeg: Uint8Array, width, height}; returns the bytes of the file.
export function bind(pages) {
  const file = new Writer();
  file.text("%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\n");
  const kids = pages.map((_, n) => `${3 + 3 * n} 0 R`).join(" ");
  file.object("<</Type/Catalog/Pages 2 0 R>>");
  file.object(`<</Type/Pages/Count ${pages.length}/Kids[${kids}]>>`);
  pages.forEach((page, n) => leaf(file, page, 3 + 3 * n));
  return file.end();
}

function leaf(file, { jpeg, width, height }, number) {
  const [wide, high] = width > height ? [LONG, SHORT] : [SHORT, LONG];
  const scale = Math.min(wide / width, high / height);
  const [w, h] = [width * scale, height * scale].map((length) => length.toFixed(2));
  const drawn = `q ${w} 0 0 ${h} 0 0 cm /P Do Q`;
  const resources = `/Resources<</XObject<</P ${number + 2} 0 R>>>>`;
  file.object(`<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${w} ${h}]${resources}/Contents ${number + 1} 0 R>>`);
  file.object(`<</Length ${drawn.length}>>`, drawn);
  const kind = `/Type/XObject/Subtype/Image/Width ${width}/Height ${height}/ColorSpace/DeviceRGB/BitsPerComponent 8`;
  file.object(`<<${kind}/Filter/DCTDecode/Length ${jpeg.length}>>`, jpeg);
}

class Writer {
  constructor() {
    this.parts = [];
    this.length = 0;
    this.starts = [];
  }

  text(text) {
    this.bytes(Uint8Array.from(text, (letter) => letter.charCodeAt(0)));
  }

  bytes(bytes) {
    this.parts.push(bytes);
    this.length += bytes.length;
  }

  object(dictionary, stream = null) {
    this.starts.push(this.length);
    this.text(`${this.starts.length} 0 obj\n${dictionary}\n`);
    if (stream !== null) {
      this.text("stream\n");
      if (typeof stream === "string") this.text(stream);
      else this.bytes(stream);
      this.text("\nendstream\n");
    }
    this.text("endobj\n");
  }

  end() {
    const table = this.length;
    const rows = this.starts.map((start) => `${String(start).padStart(10, "0")} 00000 n \n`).join("");
    const size = this.starts.length + 1;
    this.text(`xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<</Size ${size}/Root 1 0 R>>\nstartxref\n${table}\n%%EOF\n`);
    const file = new Uint8Array(this.length);
    let at = 0;
    for (const part of this.parts) {
      file.set(part, at);
      at += part.length;
    }
    return file;
  }
}
