"""Which certificates were set aside, and how do they go on? For whoever puts them right."""

import random

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kompeten.certificates import actions, queries
from kompeten.certificates.terms import State
from kompeten.foundation import words
from kompeten.foundation.ledger import StepRefused
from kompeten.people import actions as naming
from kompeten.people import queries as people
from kompeten.people.terms import Roll
from kompeten.web.office import asking, certificates
from kompeten.web.office.asking import Request
from kompeten.web.office.certificates import READERS, RELEASERS, Again
from kompeten.web.ui.fields import PersonName, PrintedText, Title
from kompeten.web.ui.http import go, page
from kompeten.web.ui.listed import note_list


class Name(forms.Form):
    """How a person is called on papers."""

    nama = PersonName(
        label=gettext_lazy("Full name"),
        help_text=gettext_lazy("In Latin letters, as on the identity card, without titles."),
        max_length=120,
    )
    depan = Title(label=gettext_lazy("Title before the name"), max_length=40, required=False)
    belakang = Title(label=gettext_lazy("Title after the name"), max_length=80, required=False)
    dasar = PrintedText(
        label=gettext_lazy("What you have seen"),
        help_text=gettext_lazy("For example: the identity card in the file."),
        max_length=200,
    )


@require_safe
@asking.only(READERS)
def listing(request: Request) -> HttpResponse:
    """List what was set aside, those that wait longest first."""
    found = queries.held()
    sheet = asking.slice_of(request, found.count())
    start = asking.offset(sheet)
    rows = list(found.select_related("person")[start : start + asking.PAGE_SIZE])
    note_list(request, Roll.CERTIFICATES, (c.person_id for c in rows))
    context = {"lines": [(c, certificates.reasons(c)) for c in rows], "sheet": sheet}
    return page(request, "office/certificates_held.html", context)


@require_POST
@asking.only(RELEASERS)
def again(request: Request, ref: str) -> HttpResponse:
    """Let a certificate that was set aside be issued again."""
    found = asking.there(queries.own(ref, request.actor))
    if found.state != State.HELD:  # a second click: it went on a moment ago
        return go(request, "office:certificate", ref)
    form = Again(request.POST)
    if form.is_valid():
        try:
            ground = form.cleaned_data["dasar"]
            actions.issue_again(
                found,
                ground=ground,
                by=request.actor,
                at=request.at,
                rng=random.SystemRandom(),
            )
        except StepRefused as refusal:
            form.add_error(None, [words.reason(code) for code in refusal.reasons])
        else:
            messages.success(request, _("It goes on. In a moment it is issued."))
            return go(request, "office:certificate", ref)
    return certificates.show(request, found, again=form)


@require_http_methods(["GET", "POST"])
@asking.only(RELEASERS)
def name(request: Request, ref: str) -> HttpResponse:
    """Ask how a person is called on papers, and go back to the certificate that waits for it."""
    person = asking.there(people.person_by_ref(ref))
    before = {"nama": person.name, "depan": person.title_before, "belakang": person.title_after}
    form = Name(request.POST if request.method == "POST" else None, initial=before)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            naming.correct_name(
                person,
                name=said["nama"],
                title_before=said["depan"],
                title_after=said["belakang"],
                ground=said["dasar"],
                by=request.actor,
                at=request.at,
            )
        except StepRefused as refusal:
            form.add_error(None, [words.reason(code) for code in refusal.reasons])
        else:
            messages.success(request, _("The name was put right."))
            waiting = queries.held_of(person.pk)
            if waiting is not None:
                return go(request, "office:certificate", waiting.ref)
            return go(request, "office:person_name", ref)
    context = {
        "form": form,
        "full_name": person.full_name,
        "changes": people.name_changes(person),
        "held": queries.held_of(person.pk),
    }
    status = 422 if form.errors else 200
    return page(request, "office/person_name.html", context, status=status)
