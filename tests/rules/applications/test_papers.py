"""Is what is kept of a stranger's paper what its pages show, and nothing that acts, hides or tells?"""

import base64
import io
import os
import signal
import zlib
from collections.abc import Iterator

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image, ImageChops

from kompeten.applications.adapters import papers
from kompeten.applications.adapters.papers import PaperRefused, apart, bare
from tests.make import papers as make

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"


def cleaned(content: bytes) -> bytes:
    """Return what is kept of a PDF."""
    return papers.cleaned(content, media_type=PDF, wanted=(PDF,))[0]


def laid_open(content: bytes) -> bytes:
    """Return a PDF with every object written out and nothing packed, so that words can be looked for."""
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.save(
            buffer,
            compress_streams=False,
            preserve_pdfa=False,
            fix_metadata_version=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
        )
    return buffer.getvalue()


def seen(content: bytes, media_type: str = PDF) -> Image.Image:
    """Return how the first page looks."""
    drawn = papers.drawn(content, media_type=media_type, page=1)
    return Image.open(io.BytesIO(drawn)).convert("L")


def ink(picture: Image.Image, box: tuple[int, int, int, int]) -> bool:
    """Say whether something dark stands in a part of an A4 page, in points from its lower left corner."""
    scale = picture.height / 842
    left, low, right, high = (round(edge * scale) for edge in box)
    part = picture.crop((left, picture.height - high, right, picture.height - low))
    lightest_and_darkest = part.getextrema()
    return lightest_and_darkest[0] < 128  # type: ignore[operator]


@pytest.mark.parametrize("kind", make.HARM)
def test_what_acts_hides_or_tells_is_gone(kind: str) -> None:
    content = make.harmful(kind)

    before = laid_open(content)
    after = laid_open(cleaned(content))

    assert any(mark in before for mark in make.MARKS)
    assert [mark for mark in make.MARKS if mark in after] == []


def test_every_mark_that_is_looked_for_is_in_some_harm() -> None:
    everything = b"".join(laid_open(make.harmful(kind)) for kind in make.HARM)

    assert [mark for mark in make.MARKS if mark not in everything] == []


def test_the_same_file_gives_the_same_bytes_and_a_cleaned_one_the_same_page() -> None:
    content = make.harmful("asks")
    once = cleaned(content)

    assert cleaned(content) == once
    assert ImageChops.difference(seen(cleaned(once)), seen(once)).getbbox() is None


def test_what_was_filled_in_stays_readable_on_the_page() -> None:
    kept = cleaned(make.harmful("asks"))

    assert ink(seen(kept), (100, 700, 300, 730))
    assert not ink(seen(kept), (100, 600, 300, 690))


def test_a_layer_that_was_hidden_stays_hidden() -> None:
    pdf = make.blank()
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="tersembunyi"))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
    page = pdf.pages[0].obj
    page.Resources = Dictionary(Properties=Dictionary(MC0=layer))
    page.Contents = pdf.make_stream(
        b"/OC /MC0 BDC 0 g 100 700 200 30 re f EMC 0 g 100 100 200 30 re f"
    )

    kept = seen(cleaned(make.saved(pdf)))

    assert not ink(kept, (110, 705, 290, 725))
    assert ink(kept, (110, 105, 290, 125))


def packed_in(name: str) -> bytes:
    """Return a PDF with a photo packed a second time, as some programs do."""
    pack = {
        "/FlateDecode": zlib.compress,
        "/ASCII85Decode": lambda raw: base64.a85encode(raw) + b"~>",
        "/ASCIIHexDecode": lambda raw: raw.hex().encode() + b">",
    }[name]
    filters = Array([Name(name), Name.DCTDecode])
    return make.embedding(make.shot(), filters=filters, packed=pack(make.shot()))


@pytest.mark.parametrize(
    "content",
    [
        make.embedding(make.shot()),
        make.embedding(make.shot(), filters=Array([Name.DCTDecode])),
        *(packed_in(name) for name in ("/FlateDecode", "/ASCII85Decode", "/ASCIIHexDecode")),
    ],
)
def test_a_photo_within_a_paper_tells_neither_place_nor_phone_and_looks_the_same(
    content: bytes,
) -> None:
    kept = cleaned(content)

    assert ImageChops.difference(seen(content), seen(kept)).getbbox() is None
    everything = laid_open(kept)
    assert b"RAHASIA" not in everything
    assert b"Exif" not in everything


@pytest.mark.parametrize("progressive", [False, True])
def test_a_photo_stripped_of_its_words_has_the_same_points(progressive: bool) -> None:
    buffer = io.BytesIO()
    with Image.open(io.BytesIO(make.shot())) as picture:
        picture.save(buffer, "JPEG", progressive=progressive, exif=picture.getexif(), comment=b"X")
    content = buffer.getvalue() + b"RAHASIA"

    kept = bare.jpeg(content)

    assert kept.endswith(b"\xff\xd9")
    assert b"RAHASIA" not in kept
    with Image.open(io.BytesIO(kept)) as after, Image.open(io.BytesIO(content)) as before:
        assert ImageChops.difference(after, before).getbbox() is None
        assert dict(after.getexif()) == {}
    assert bare.jpeg(kept) == kept


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xd8", b"\xff\xd8\xff", b"no picture", b"\xff\xd8\xff\xe1\xff"]
)
def test_what_is_no_picture_does_no_harm(content: bytes) -> None:
    assert isinstance(bare.jpeg(content), bytes)
    assert bare.jpeg2000(content) == content


def test_boxes_of_words_are_taken_out_of_a_jpeg_2000() -> None:
    def box(name: bytes, body: bytes) -> bytes:
        return (8 + len(body)).to_bytes(4, "big") + name + body

    head, points = box(b"jP  ", b"\r\n\x87\n"), b"\0\0\0\0jp2cPOINTS"

    assert (
        bare.jpeg2000(head + box(b"xml ", b"place") + box(b"uuid", b"x") + points) == head + points
    )


def test_a_photo_is_drawn_anew_upright_and_says_nothing() -> None:
    kept, media_type, pages = papers.cleaned(make.shot(), media_type=JPEG, wanted=(JPEG,))

    assert (media_type, pages) == (JPEG, 1)
    with Image.open(io.BytesIO(kept)) as picture:
        assert picture.size == (480, 640)
        assert not picture.getexif()
        assert {"icc_profile", "comment", "xmp", "exif"}.isdisjoint(picture.info)
    assert b"RAHASIA" not in kept
    assert papers.cleaned(make.shot(), media_type=JPEG, wanted=(JPEG,))[0] == kept


def test_a_picture_from_a_phone_that_shrank_it_stays_as_small() -> None:
    buffer = io.BytesIO()
    Image.effect_noise((400, 300), 60).resize((1600, 1200)).convert("RGB").save(
        buffer, "JPEG", quality=50
    )
    sent = buffer.getvalue()

    kept, _, _ = papers.cleaned(sent, media_type=JPEG, wanted=(JPEG,))

    assert len(kept) <= len(sent)
    difference = ImageChops.difference(seen(kept, JPEG), seen(sent, JPEG))
    assert difference.getextrema()[1] < 24  # type: ignore[operator]


@pytest.mark.parametrize(("wanted", "media_type"), [((JPEG, PNG), JPEG), ((PNG,), PNG)])
def test_a_png_becomes_what_the_requirement_takes(wanted: tuple[str, ...], media_type: str) -> None:
    buffer = io.BytesIO()
    Image.new("RGBA", (300, 400), (0, 0, 0, 0)).save(buffer, "PNG", icc_profile=b"RAHASIA")

    kept, found, _ = papers.cleaned(buffer.getvalue(), media_type=PNG, wanted=wanted)

    assert found == media_type
    with Image.open(io.BytesIO(kept)) as picture:
        assert Image.MIME[picture.format or ""] == media_type
        assert picture.convert("RGB").getpixel((5, 5)) == (255, 255, 255)
        assert "icc_profile" not in picture.info


def locked(**passwords: str) -> bytes:
    """Return a PDF with passwords."""
    buffer = io.BytesIO()
    make.blank().save(buffer, encryption=pikepdf.Encryption(**passwords))
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (locked(owner="a", user="b"), "locked"),
        (make.saved(make.blank(papers.MAX_PAGES + 1)), "too_many_pages"),
        (make.saved(pikepdf.new()), "damaged"),
        (b"%PDF-1.7\n" + b"[" * 100_000, "damaged"),
        (
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 5>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
            "damaged",
        ),
    ],
)
def test_a_paper_that_cannot_be_kept_says_why(content: bytes, code: str) -> None:
    with pytest.raises(PaperRefused) as refusal:
        cleaned(content)

    assert refusal.value.code == code


def test_a_paper_that_only_forbids_printing_is_taken_without_its_lock() -> None:
    with pikepdf.open(io.BytesIO(cleaned(locked(owner="a", user="")))) as pdf:
        assert not pdf.is_encrypted
        assert len(pdf.pages) == 1


def bomb() -> bytes:
    """Return a paper of two megabytes whose page unpacks to two thousand."""
    machine, space = zlib.compressobj(9), b" " * 1_000_000
    packed = b"".join(machine.compress(space) for _ in range(2000)) + machine.flush()
    pdf = make.blank()
    content = Stream(pdf, b"")
    content.write(packed, filter=Name.FlateDecode)
    pdf.pages[0].obj.Contents = pdf.make_indirect(content)
    buffer = io.BytesIO()
    pdf.save(buffer, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return buffer.getvalue()


def laughs() -> bytes:
    """Return a small paper whose page draws ten things that each draw ten things, nine times over."""
    pdf: Pdf = make.blank()

    def form(content: bytes, **more: object) -> Stream:
        box = Array([0, 0, 99, 99])
        made = pdf.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=box, **more)
        return made

    inner = form(b"0 0 9 9 re f")
    for _ in range(9):
        inner = form(b"/X Do " * 10, Resources=Dictionary(XObject=Dictionary(X=inner)))
    page = pdf.pages[0].obj
    page.Resources = Dictionary(XObject=Dictionary(X=inner))
    page.Contents = pdf.make_stream(b"/X Do")
    return make.saved(pdf)


@pytest.mark.parametrize("content", [bomb(), laughs()], ids=["bomb", "laughs"])
def test_what_takes_too_much_ends_the_process_apart_and_not_the_house(content: bytes) -> None:
    with pytest.raises(PaperRefused) as refusal:
        cleaned(content)

    assert refusal.value.code == "too_heavy"
    assert papers.count(make.saved(make.blank(3))) == 3


def test_what_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    slow = make.saved(make.blank(2))
    assert papers.count(slow) == 2
    monkeypatch.setattr(apart, "PATIENCE", 0.2)
    process = apart._helper.process
    assert process is not None
    os.kill(process.pid, signal.SIGSTOP)  #: it will never answer

    with pytest.raises(PaperRefused) as refusal:
        papers.count(slow)

    assert refusal.value.code == "too_heavy"
    assert process.poll() is not None
    monkeypatch.undo()
    assert papers.count(slow) == 2


def test_who_waits_too_long_in_the_queue_is_asked_to_come_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(apart, "QUEUE", 0.01)

    with apart._helper.lock, pytest.raises(PaperRefused) as refusal:
        papers.count(make.saved(make.blank()))

    assert refusal.value.code == "busy"


@pytest.fixture
def fresh() -> Iterator[None]:
    """Begin and end without a process apart."""
    apart._helper.end()
    yield
    apart._helper.end()


@pytest.mark.usefixtures("fresh")
def test_the_process_apart_knows_no_secret_and_writes_no_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("KOMPETEN_PRIVACY_KEY", "rahasia")
    papers.count(make.saved(make.blank()))
    process = apart._helper.process
    assert process is not None

    with open(f"/proc/{process.pid}/environ", "rb") as file:
        environment = file.read()
    with open(f"/proc/{process.pid}/limits") as file:
        limits = {line[:26].strip(): line[26:].split()[0] for line in file}

    assert b"KOMPETEN" not in environment
    assert limits["Max file size"] == "0"
    assert int(limits["Max address space"]) <= 1_000_000_000


@pytest.mark.usefixtures("fresh")
def test_it_ends_when_the_house_does() -> None:
    papers.count(make.saved(make.blank()))
    process = apart._helper.let_go()
    assert process is not None

    assert process.wait(timeout=10) == 0


# From 3.12 on Python warns of forks beside threads, which is what servers do all the same.
@pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")
def test_a_forked_process_has_one_of_its_own() -> None:
    papers.count(make.saved(make.blank()))
    before = apart._helper.process
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            pages = papers.count(make.saved(make.blank(2)))
            mine = apart._helper.process
            is_own = mine is not None and before is not None and mine.pid != before.pid
            apart._helper.end()
            os.write(write, b"yes" if is_own and pages == 2 else b"no")
        finally:
            os._exit(0)
    os.close(write)
    os.waitpid(child, 0)

    with os.fdopen(read, "rb") as said:
        assert said.read() == b"yes"
    assert apart._helper.process is before
    assert papers.count(make.saved(make.blank(4))) == 4
