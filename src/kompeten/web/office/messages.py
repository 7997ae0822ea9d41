"""How are messages worded that offices send by WhatsApp, SMS or mail? With a preview before they count."""

from typing import Any
from urllib.parse import quote

from django import forms
from django.contrib import messages as flash
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from kompeten.applications.terms.invitation import LinkKind
from kompeten.foundation import shortlinks, words
from kompeten.foundation.ledger import StepRefused
from kompeten.kernel.roles import Role
from kompeten.notices import actions, queries
from kompeten.notices.labels import messages as labels
from kompeten.notices.terms import PLACES, MessageKind, Placeholder
from kompeten.people import queries as people
from kompeten.web.office import asking, nav
from kompeten.web.office.asking import Request
from kompeten.web.ui.http import go, page

WRITERS = frozenset({Role.COORDINATOR})
COLUMNS = (gettext_lazy("Message"), gettext_lazy("Language"), gettext_lazy("Version"))
LONGEST = 2000

nav.offer(
    nav.Place(
        label=gettext_lazy("Message texts"),
        route="office:messages",
        icon="chat-bubble-left-right",
        order=94,
        roles=WRITERS,
    )
)


class Word(forms.Form):
    """The text of one message in one language."""

    teks = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


@require_safe
@asking.only(WRITERS)
def index(request: Request) -> HttpResponse:
    """List the messages in both languages with the version in force."""
    lines = [
        (labels.MESSAGE[kind], labels.LANGUAGES[language], queries.wording(kind, language))
        for kind in MessageKind
        for language in labels.LANGUAGES
    ]
    return page(request, "office/messages.html", {"columns": COLUMNS, "lines": lines})


@require_http_methods(["GET", "HEAD", "POST"])
@asking.only(WRITERS)
def edit(request: Request, kind: str, language: str) -> HttpResponse:
    """Show a text with its preview; `lihat` shows how a new one would read, else it is put in force."""
    if kind not in set(MessageKind) or language not in labels.LANGUAGES:
        raise Http404
    held = queries.wording(MessageKind(kind), language)
    is_post = request.method == "POST"
    form = Word(request.POST if is_post else None, initial={"teks": held.text})
    text, status = held.text, 200
    if is_post and form.is_valid():
        text = form.cleaned_data["teks"]
        if "lihat" not in request.POST and _put(request, form, held.kind, language):
            return go(request, "office:message", kind, language)
    flaws = queries.flaws(text, held.kind)
    if form.errors or (is_post and flaws):
        status = 422
    context = _context(held.kind, language, form, text, flaws)
    return page(request, "office/message.html", context, status=status)


def _put(request: Request, form: Word, kind: MessageKind, language: str) -> bool:
    text = form.cleaned_data["teks"]
    try:
        actions.word_message(kind, language, text, by=request.actor, at=request.at)
    except StepRefused as refusal:
        if "role.not_held" in refusal.reasons:
            raise
        form.add_error("teks", [words.reason(code) for code in refusal.reasons])
        return False
    flash.success(request, _("The text is in force."))
    return True


def _context(
    kind: MessageKind, language: str, form: Word, text: str, flaws: tuple[str, ...]
) -> dict[str, Any]:
    versions = queries.wordings(kind, language)
    names = people.account_labels(v.account_id for v in versions if v.account_id)
    shown = "" if flaws else queries.sample(text, link=shortlinks.address(LinkKind.INVITATION, ""))
    said = quote(shown, safe="")
    return {
        "title": labels.MESSAGE[kind],
        "language": labels.LANGUAGES[language],
        "form": form,
        "flaws": [words.reason(code) for code in flaws],
        "places": [
            (f"{{{p.value}}}", labels.PLACEHOLDER[p]) for p in Placeholder if p in PLACES[kind]
        ],
        "shown": shown,
        "parts": queries.sms_parts(shown),
        "ways": [
            ("WhatsApp", f"https://wa.me/?text={said}"),
            ("SMS", f"sms:?body={said}"),
            (_("E-mail"), f"mailto:?body={said}"),
        ],
        "versions": [(v, names.get(v.account_id or 0, "")) for v in versions],
    }
