"""What may be kept of a paper? Its pages and what is drawn on them; nothing that acts or hides. Runs apart.

What stays is listed, not what goes: of the document its pages and layers, of a page its size and what
is drawn. Notes, stamps and filled-in fields are drawn onto their page first. The file is written anew
from what can still be reached, so nothing lies in it that no page shows.

Source: ISO 32000-1, 7.7.2 (catalog), 7.7.3 (pages), 7.3.8 (streams), 12.6.4 (actions).
"""

import base64
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from kompeten.applications.adapters.papers import bare
from kompeten.applications.adapters.papers.refused import Refused
from kompeten.foundation import pictures

KEPT_EDGE = 2400  # pixels of a picture's longer side: A4 at 205 dots per inch
MIN_SIDE = 200
"""Pixels of the shorter side; on a smaller picture of a card or a face nobody can read or know anything."""
INFLATED = 64_000_000  # bytes a packed picture may have
DEEP = 60  # containers within containers, without a number of their own

TRAILER = frozenset({"/Root", "/Size", "/Prev", "/W", "/Index", "/Type", "/Length", "/Filter"})
CATALOG = frozenset({"/Type", "/Pages", "/Lang", "/OCProperties"})
TREE = frozenset({"/Type", "/Kids", "/Count", "/Parent"})
PAGE = frozenset(
    ("/Type", "/Parent", "/Resources", "/Contents", "/Rotate", "/UserUnit", "/Group", "/Tabs")
) | {f"/{box}Box" for box in ("Media", "Crop", "Bleed", "Trim", "Art")}
# Of a stream: what is drawn from another file, in another program's words, or tells of its making.
STREAM = frozenset(
    ("/F", "/FFilter", "/FDecodeParms", "/Alternates", "/OPI", "/Ref", "/PS", "/Subtype2")
) | {"/Metadata", "/PieceInfo", "/LastModified", "/AF", "/Measure", "/PtData"}
ACTIONS = frozenset(
    ("/JavaScript", "/Launch", "/URI", "/GoToR", "/GoToE", "/GoToDp", "/SubmitForm", "/ImportData")
) | frozenset(
    ("/ResetForm", "/Rendition", "/Movie", "/Sound", "/RichMediaExecute", "/GoTo3DView", "/Named")
)
ACTIONS |= {"/Hide", "/SetOCGState", "/Thread", "/Trans", "/GoTo"}


def paper(content: bytes, *, most: int) -> tuple[bytes, int]:
    """Return the PDF with nothing but what its pages show, and how many they are.

    :raises Refused: `damaged`, `locked`, `too_many_pages`: more than `most`
    """
    with _opened(content) as pdf:
        pages = len(pdf.pages)
        if pages == 0:
            raise Refused("damaged")
        if pages > most:
            raise Refused("too_many_pages")
        _press(pdf)
        _keep_only(pdf.trailer, TRAILER)
        _keep_only(pdf.Root, CATALOG)
        _prune(pdf.Root.Pages)
        for page in pdf.pages:
            _keep_only(page.obj, PAGE)
        for item in pdf.objects:
            _sweep(item, 0)
        buffer = io.BytesIO()
        pdf.save(
            buffer,
            preserve_pdfa=False,
            fix_metadata_version=False,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            encryption=False,
            deterministic_id=True,
        )
    return buffer.getvalue(), pages


def picture(content: bytes, *, as_jpeg: bool) -> tuple[bytes, str]:
    """Return the picture drawn anew, and its media type. :raises Refused: it cannot be drawn"""
    try:
        kept = pictures.copied(content, edge=KEPT_EDGE, least=MIN_SIDE, as_jpeg=as_jpeg)
    except pictures.PictureRefused as refusal:
        raise Refused("damaged" if refusal.code == "empty" else refusal.code) from refusal
    return kept, "image/jpeg" if as_jpeg else "image/png"


@contextmanager
def _opened(content: bytes) -> Iterator[Pdf]:
    """Open a PDF, one that opens without a password though its maker wished to forbid printing too."""
    try:
        with Pdf.open(io.BytesIO(content)) as pdf:
            yield pdf
    except pikepdf.PasswordError as error:
        raise Refused("locked") from error
    except (pikepdf.PdfError, ValueError, KeyError, TypeError, AttributeError) as error:
        # The last four: where a page or a number should be, something else stands.
        raise Refused("damaged") from error


def _press(pdf: Pdf) -> None:
    """Draw notes, stamps and fields onto their pages, as they look."""
    form = pdf.acroform
    if form.exists:
        form.generate_appearances_if_needed()
        for page in pdf.pages:
            _write_fields(form, page)
    if any("/Annots" in page.obj for page in pdf.pages):
        pdf.flatten_annotations("all")


def _write_fields(form: pikepdf.AcroForm, page: pikepdf.Page) -> None:
    """Let fields that hold words and do not say how they look, look like their words."""
    for widget in form.get_widget_annotations_for_page(page):
        field = form.get_field_for_annotation(widget)
        if "/AP" not in widget.obj and (field.is_text or field.is_choice):
            field.generate_appearance(widget)


def _prune(tree: Object) -> None:
    """Leave of each node between catalog and pages what holds the pages together."""
    seen, waiting = set(), [tree]
    while waiting:
        node = waiting.pop()
        if node.objgen in seen or "/Kids" not in node:
            continue
        seen.add(node.objgen)
        _keep_only(node, TREE)
        waiting.extend(kid for kid in node.Kids if isinstance(kid, Dictionary))


def _keep_only(holder: Any, names: frozenset[str]) -> None:
    for name in set(holder.keys()) - names:
        del holder[name]


def _sweep(item: Any, depth: int) -> None:
    """Take out of one object, and of what stands in it directly, what acts or tells."""
    if isinstance(item, Stream):
        for name in STREAM.intersection(item.keys()):
            del item[name]
        _lay_bare(item)
    elif not isinstance(item, Dictionary | Array):
        return
    if isinstance(item, Array):
        for value in list(item):
            _sweep_within(value, depth)
        return
    for name, value in list(item.items()):
        if depth > DEEP or _acts(value) or _tells(name, value):
            del item[name]
        else:
            _sweep_within(value, depth)


def _sweep_within(value: Any, depth: int) -> None:
    if isinstance(value, Object) and not value.is_indirect and depth <= DEEP:
        _sweep(value, depth + 1)


def _acts(value: Any) -> bool:
    """Say whether a value is an action; a resource may have any name, so its content decides."""
    if not isinstance(value, Dictionary):
        return False
    return "/JS" in value or str(value.get("/S", "")) in ACTIONS


def _tells(name: str, value: Any) -> bool:
    """Say whether a value is words about the file, or another file that lies in it."""
    if name == "/Metadata":
        return isinstance(value, Stream)
    return name == "/EF" and isinstance(value, Dictionary) and "/Type" not in value


def _lay_bare(stream: Stream) -> None:
    """Take from a picture what was written beside it when it was taken."""
    if str(stream.get("/Subtype", "")) == "/PS":
        stream.write(b"")
        return
    filters = stream.get("/Filter")
    names = [str(f) for f in filters] if isinstance(filters, Array) else [str(filters)]
    strip = {"/DCTDecode": bare.jpeg, "/JPXDecode": bare.jpeg2000}.get(names[-1])
    if strip is None:
        return
    raw = stream.read_raw_bytes()
    unpacked = _unpacked(raw, names[:-1])
    stripped = strip(unpacked)
    if stripped == unpacked:
        return
    parms = stream.get("/DecodeParms")
    last = parms[-1] if isinstance(parms, Array) and len(parms) else parms
    stream.write(
        stripped,
        filter=Name(names[-1]),
        decode_parms=last if isinstance(last, Dictionary) else None,
    )


def _unpacked(raw: bytes, filters: list[str]) -> bytes:
    """Return a picture's own bytes from under what it is packed in. :raises Refused: `damaged`"""
    try:
        for name in filters:
            raw = _unpack(raw, name)
    except (ValueError, zlib.error) as error:
        raise Refused("damaged") from error
    return raw


def _unpack(raw: bytes, name: str) -> bytes:
    if name == "/FlateDecode":
        machine = zlib.decompressobj()
        found = machine.decompress(raw, INFLATED)
        if machine.unconsumed_tail:
            raise Refused("too_heavy")
        return found
    if name == "/ASCII85Decode":
        return base64.a85decode(raw.strip().removesuffix(b"~>"), adobe=False)
    if name == "/ASCIIHexDecode":
        return bytes.fromhex(raw.partition(b">")[0].decode("ascii"))
    raise Refused("damaged")  # a picture packed as no program packs one
