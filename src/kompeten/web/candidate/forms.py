"""What do the steps of an application ask? Forms read and shape; the rooms judge."""

import re
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import strip_spaces_between_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from kompeten.foundation import words
from kompeten.people.labels import SEX
from kompeten.regions import labels as region_labels
from kompeten.regions import queries as regions
from kompeten.schemes.terms import Program
from kompeten.web.ui.fields import PersonName, PrintedText, Title

NIK_HELP = _("The 16 digits on your identity card. Only the certification body sees them.")
NIK_AGAIN = _("Only if the one above is wrong: type all 16 digits. Else leave it empty.")
MOST_YEARS = 110

PLAIN_VALUE = re.compile(r'<option value="([\w.]+)"')


class TightSelect(forms.Select):
    """A choice among hundreds, written as briefly as HTML allows: else its page weighs a tenth more."""

    def render(self, *args: Any, **kwargs: Any) -> SafeString:
        """Return the choice as Django writes it, without what browsers do not need."""
        text = strip_spaces_between_tags(super().render(*args, **kwargs))
        text = text.replace("</option>", "").replace("</optgroup>", "")
        return mark_safe(PLAIN_VALUE.sub(r"<option value=\1", text))  # noqa: S308 (Django escaped it)


class Identity(forms.Form):
    """Who somebody is, as on the identity card; what is given goes to `introduce` as it stands."""

    name = PersonName(
        label=_("Full name"),
        help_text=_("As on your identity card, without titles. It is printed on the certificate."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    title_before = Title(
        label=_("Title before the name"), max_length=40, required=False, help_text=_("Dr., Drs.")
    )
    title_after = Title(
        label=_("Title after the name"), max_length=80, required=False, help_text=_("S.Sos., M.Si.")
    )
    nik = forms.CharField(
        label=_("NIK"),
        help_text=NIK_HELP,
        max_length=24,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    claims = forms.BooleanField(
        label=_("This NIK is mine, as on my card. Let the certification body check it."),
        help_text=_("Everything else is kept, and you can go on meanwhile."),
        required=False,
    )
    sex = forms.ChoiceField(label=_("Sex"), choices=list(SEX.items()), widget=forms.RadioSelect)
    birth_place = PrintedText(label=_("Place of birth"), max_length=80)
    birth_on = forms.DateField(label=_("Date of birth"), widget=forms.DateInput)
    region_code = forms.ChoiceField(
        label=_("Regency or city"),
        help_text=_("Where you live now."),
        choices=(),
        widget=TightSelect,
    )
    address = PrintedText(
        label=_("Address"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    phone = forms.CharField(
        label=_("Mobile phone"),
        help_text=_("With WhatsApp, if you have it: 0812…"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("News about your application is sent here."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(
        self,
        *args: Any,
        on: date,
        nik_known: bool,
        nik_bound: bool,
        helped: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        if helped:
            self._quiet()
        self.clashed = bool(self.data.get("claims"))
        chosen = self.fields["region_code"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = region_choices()
        if nik_bound:
            del self.fields["nik"], self.fields["claims"]
        elif nik_known:
            self.fields["nik"].required = False
            self.fields["nik"].label = _("The right NIK")
            self.fields["nik"].help_text = NIK_AGAIN

    def _quiet(self) -> None:
        """At a helper's phone: where news goes does not change, and the next one is offered nothing."""
        del self.fields["email"]
        for name in ("name", "phone", "address"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def clean_nik(self) -> str:
        """Return the digits as they were meant: spaces and dots are how people read them aloud."""
        text: str = self.cleaned_data["nik"]
        return "".join(c for c in text if not c.isspace() and c not in ".-")

    def clean_birth_on(self) -> date:
        """Return the day, if a living person can have been born on it."""
        born: date = self.cleaned_data["birth_on"]
        if not self.on.year - MOST_YEARS <= born.year or born >= self.on:
            raise forms.ValidationError(words.reason("birth_date.impossible"))
        return born


class Path(forms.Form):
    """By which route, and in which programme; `route` shows what each route asks."""

    route = forms.ChoiceField(label=_("Route"), widget=forms.RadioSelect)
    program = forms.ChoiceField(
        label=_("Programme"),
        help_text=_("The programme in which you serve, if any."),
        required=False,
    )

    def __init__(
        self, *args: Any, routes: list[tuple[str, Any]], programs: tuple[Program, ...], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        route, program = self.fields["route"], self.fields["program"]
        assert isinstance(route, forms.ChoiceField)
        assert isinstance(program, forms.ChoiceField)
        route.choices = routes
        # Kept as the lists of offices keep it: by the name that people know it under.
        named: list[tuple[str, Any]] = [(p.title.id[:40], p.title.id) for p in programs]
        program.choices = [("", _("None, or another")), *named]

    def offer(self, brought_at: datetime | None) -> None:
        """Ask whether the answers of the self-check are filled in, if some came along.

        The phone may be somebody else's, and so may the answers be.
        """
        if brought_at is None:
            return
        when = date_format(timezone.localtime(brought_at), "j F, H.i")
        self.fields["brings"] = forms.BooleanField(
            label=_("Fill in my answers of the self-check (%(when)s)") % {"when": when},
            help_text=_("Take this away if somebody else gave them on this device."),
            required=False,
            initial=True,
        )


class HandIn(forms.Form):
    """The promise with which an application is handed in."""

    agreed = forms.BooleanField(
        label=_("What I state here and in my documents is true."),
        help_text=_("A false statement can end the application or the certificate."),
        required=False,
    )
    consents = forms.BooleanField(label=_("I agree to this use of my data."), required=False)
    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)

    def __init__(self, *args: Any, asks: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks:
            del self.fields["consents"], self.fields["version"]

    def said(self) -> dict[str, Any]:
        """Return what was promised, and the version of the text that was agreed to, if any."""
        told = self.cleaned_data
        version = told["version"] if told.get("consents") else ""
        return {"agreed": told["agreed"], "consent": version}


def region_choices() -> list[tuple[str, Any]]:
    """Return the regencies and cities by province, as a select shows them."""
    grouped: list[tuple[str, Any]] = [("", _("Choose"))]
    for province in regions.provinces():
        places = regions.districts(province.code)
        named = sorted((region_labels.full_name(place), place.code) for place in places)
        grouped.append((province.name, [(code, name) for name, code in named]))
    return grouped
