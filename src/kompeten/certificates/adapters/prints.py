"""How do many sheets come out of a printer in one go? Their pages in one file, for paper only.

A signature covers one file, so nothing in the merged one is signed, and nothing of it is meant to be
kept: fields and attachments stay behind, and what is drawn is what was drawn.
"""

import io
from collections.abc import Iterable

TITLE = "Untuk dicetak; bukan dokumen bertanda tangan"


def merged(sheets: Iterable[bytes]) -> bytes:
    """Return one PDF with all pages of `sheets`, in their order.

    The sheets are held until the end, about 0.1 MB each: whoever asks for them says how many at most.
    """
    import pikepdf  # noqa: PLC0415 (slow import, and it speaks up in the log of every command)

    with pikepdf.new() as out:
        for content in sheets:
            source = pikepdf.open(io.BytesIO(content))
            for page in source.pages:
                out.pages.append(page)
        for page in out.pages:
            # The field of the signature has no place on paper, and none in a file that is not signed.
            for left_behind in ("/Annots", "/StructParents", "/Tabs"):
                if left_behind in page:
                    del page[left_behind]
        out.docinfo["/Title"] = TITLE
        written = io.BytesIO()
        out.save(written, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return written.getvalue()
