"""How does a phone's photo come into a story? Drawn, with as much around it as a test asks for."""

import io

from PIL import Image, ImageDraw

GPS = 0x8825


def face(
    *,
    size: tuple[int, int] = (480, 640),
    shade: str = "tan",
    place: bool = False,
    kind: str = "JPEG",
) -> bytes:
    """Return a photo of a face; with `place` it says where it was taken."""
    width, height = size
    picture = Image.new("RGB", size, "lightsteelblue")
    pen = ImageDraw.Draw(picture)
    pen.ellipse((width * 0.28, height * 0.18, width * 0.72, height * 0.68), fill=shade)
    pen.ellipse((width * 0.1, height * 0.75, width * 0.9, height * 1.4), fill="darkslategray")
    for eye in (0.42, 0.58):
        pen.ellipse((width * eye - 8, height * 0.38, width * eye + 8, height * 0.41), fill="black")
    pen.arc(
        (width * 0.4, height * 0.44, width * 0.6, height * 0.58), 20, 160, fill="brown", width=5
    )
    exif = Image.Exif()
    if place:
        exif[GPS] = {1: "S", 2: (6.0, 12.0, 0.0)}
    buffer = io.BytesIO()
    picture.save(buffer, kind, exif=exif)
    return buffer.getvalue()
