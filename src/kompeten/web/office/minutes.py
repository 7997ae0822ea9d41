"""What goes on record of a written exam? Its minutes as a file, at any time, for those who watch."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from kompeten.exams import queries
from kompeten.people.terms import Roll
from kompeten.web.office import asking, sending
from kompeten.web.office.asking import Request
from kompeten.web.office.sittings import READERS
from kompeten.web.ui.listed import note_list


@require_safe
@asking.only(READERS)
def minutes(request: Request, ref: str) -> HttpResponse:
    """Send the minutes (berita acara) of a sitting as they stand now."""
    found = asking.there(queries.sitting(ref, request.actor))
    content = queries.minutes_pdf(found, at=request.at)
    note_list(request, Roll.SITTING, queries.persons_in(found), about=ref, is_file=True)
    return sending.attachment(
        content, name=f"berita-acara-{found.ref}.pdf", media_type="application/pdf"
    )
