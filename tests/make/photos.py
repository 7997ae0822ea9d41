"""How does a photo of a paper come into a story? Written, laid on a table, and taken at an angle."""

import io
import random

from PIL import Image, ImageDraw, ImageFilter, ImageFont

GPS = 0x8825
ORIENTATION = 0x0112
WORDS = (
    "dengan ini menerangkan bahwa yang bersangkutan telah bekerja pada lembaga kami sebagai tenaga"
    " kesejahteraan sosial dengan baik"
)
Quad = tuple[tuple[float, float], ...]
CORNERS: Quad = ((0.17, 0.12), (0.86, 0.16), (0.9, 0.87), (0.11, 0.84))


def sheet(seed: int, *, size: tuple[int, int] = (1240, 1754)) -> Image.Image:
    """Return a page of writing with a round stamp, as a scanner would see it."""
    rng = random.Random(seed)
    page = Image.new("RGB", size, (250, 248, 244))
    pen = ImageDraw.Draw(page)
    head = ImageFont.load_default(size[0] // 26)
    body = ImageFont.load_default(size[0] // 48)
    pen.text((size[0] // 5, size[1] // 16), "SURAT KETERANGAN KERJA", (20, 20, 20), font=head)
    for line in range(24):
        text = " ".join(rng.choices(WORDS.split(), k=8))
        pen.text(
            (size[0] // 10, size[1] // 8 + line * size[1] // 36), text, (25, 25, 35), font=body
        )
    middle = (size[0] * 0.68, size[1] * 0.86)
    for radius in (110, 98):
        box = [middle[0] - radius, middle[1] - radius, middle[0] + radius, middle[1] + radius]
        pen.ellipse(box, outline=(60, 40, 150), width=4)
    return page


def photographed(
    page: Image.Image,
    *,
    seed: int,
    corners: Quad = CORNERS,
    size: tuple[int, int] = (2400, 3200),
    blurred: float = 0,
    light: float = 1,
    lying: bool = False,
    place: bool = True,
) -> bytes:
    """Return the JPEG of a page on a wooden table, its corners at parts of the picture.

    `lying` stores the picture on its side with the orientation that says so, as phones do; with
    `place` it says where it was taken.
    """
    rng = random.Random(seed)
    table = Image.effect_noise(size, 40).convert("L").point(lambda v: 30 + v // 4)
    scene = Image.merge(
        "RGB", (table.point(lambda v: v + 40), table.point(lambda v: v + 12), table)
    )
    target = [(x * size[0], y * size[1]) for x, y in corners]
    away = _projection(
        target, [(0, 0), (page.width, 0), (page.width, page.height), (0, page.height)]
    )
    laid = page.transform(size, Image.Transform.PERSPECTIVE, away, Image.Resampling.BICUBIC)
    mask = Image.new("L", size, 0)
    ImageDraw.Draw(mask).polygon(target, fill=255)
    scene.paste(laid, mask=mask)
    grain = Image.effect_noise(size, 12).convert("L").rotate(rng.choice((0, 180)))
    scene = Image.blend(scene, Image.merge("RGB", (grain, grain, grain)), 0.06)
    if blurred:
        scene = scene.filter(ImageFilter.GaussianBlur(blurred))
    scene = scene.point(lambda v: int(v * light))
    exif = Image.Exif()
    if lying:
        scene = scene.transpose(Image.Transpose.ROTATE_90)
        exif[ORIENTATION] = 6
    if place:
        exif[GPS] = {1: "S", 2: (6.0, 12.0, 0.0), 3: "E", 4: (106.0, 49.0, 0.0)}
    file = io.BytesIO()
    scene.save(file, "JPEG", quality=92, exif=exif)
    return file.getvalue()


def _projection(source: list[tuple[float, float]], target: list[tuple[int, int]]) -> list[float]:
    """Return the eight numbers with which Pillow looks up, for a point of the photo, that of the page."""
    rows = []
    for (x, y), (u, v) in zip(source, target, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    return _solved(rows)


def _solved(rows: list[list[float]]) -> list[float]:
    """Return the solution of linear equations, each row with its right side last (Gauss, Jordan)."""
    for n in range(len(rows)):
        pivot = max(range(n, len(rows)), key=lambda row: abs(rows[row][n]))
        rows[n], rows[pivot] = rows[pivot], rows[n]
        rows[n] = [value / rows[n][n] for value in rows[n]]
        for other in range(len(rows)):
            if other != n:
                factor = rows[other][n]
                rows[other] = [a - factor * b for a, b in zip(rows[other], rows[n], strict=True)]
    return [row[-1] for row in rows]
