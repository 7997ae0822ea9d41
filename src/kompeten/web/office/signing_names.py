"""Under which name does somebody sign papers of the body? An administrator puts it right, never their own."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from kompeten.foundation import words
from kompeten.foundation.ledger import StepRefused
from kompeten.people import actions, queries
from kompeten.people.actions import LABEL_KEEPERS
from kompeten.web.office import asking
from kompeten.web.office.asking import Request
from kompeten.web.ui.fields import PersonName, PrintedText
from kompeten.web.ui.http import go, page


class SigningName(forms.Form):
    """How somebody signs."""

    nama = PersonName(
        label=gettext_lazy("Name to sign under, with titles"),
        help_text=gettext_lazy(
            "With a blank after each comma, so that it has room on a certificate."
        ),
        max_length=120,
    )
    dasar = PrintedText(
        label=gettext_lazy("What you have seen"),
        help_text=gettext_lazy("For example: the letter of appointment."),
        max_length=200,
    )


@require_http_methods(["GET", "POST"])
@asking.only(LABEL_KEEPERS)
def name(request: Request, ref: str) -> HttpResponse:
    """Ask under which name the holder of an account signs, and what that rests on."""
    account = asking.there(queries.to_relabel(ref, request.actor))
    sent = request.POST if request.method == "POST" else None
    form = SigningName(sent, initial={"nama": account.label})
    if sent is not None and form.is_valid():
        try:
            actions.change_label(
                account,
                form.cleaned_data["nama"],
                ground=form.cleaned_data["dasar"],
                by=request.actor,
                at=request.at,
            )
        except StepRefused as refusal:
            form.add_error(None, [words.reason(code) for code in refusal.reasons])
        else:
            messages.success(request, _("From now on papers are signed under this name."))
            return go(request, "office:signing_name", ref)
    context = {
        "form": form,
        "signs_as": account.label or account.email,
        "is_own": request.actor.account_id == account.pk,
        "changes": queries.label_changes(account),
    }
    return page(request, "office/signing_name.html", context, status=422 if form.errors else 200)
