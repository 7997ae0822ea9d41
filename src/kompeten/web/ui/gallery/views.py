"""What can pages be built of, and how do they look when they are?"""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from kompeten.web.ui import labels, problems
from kompeten.web.ui.gallery import samples
from kompeten.web.ui.http import page


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component in every state."""
    return page(request, "ui/gallery.html", samples.context(request))


@require_safe
def candidate(request: HttpRequest) -> HttpResponse:
    """Show a page of the candidates' face."""
    context = samples.context(request) | {"nav": samples.CANDIDATE_NAV}
    return page(request, "ui/gallery_candidate.html", context)


@require_safe
def office(request: HttpRequest) -> HttpResponse:
    """Show a page of the office."""
    context = samples.context(request) | {"nav": samples.OFFICE_NAV}
    return page(request, "ui/gallery_office.html", context)


@require_safe
def exam(request: HttpRequest) -> HttpResponse:
    """Show a page of the exam room."""
    return page(request, "ui/gallery_exam.html", samples.context(request))


@require_safe
def problem(request: HttpRequest, status: int) -> HttpResponse:
    """Show the page of a problem, with made-up reasons."""
    if status not in labels.PROBLEM:
        raise Http404
    points = ["Ijazah belum diunggah.", "Surat pengalaman kerja belum ditandatangani."]
    return problems.problem(request, status, points=points if status in {409, 422} else ())
