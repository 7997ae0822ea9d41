"""What do we ask of education and practice? The same on the step of an application and before any."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kompeten.applications.terms.statement import Letter, Statement, WorkSpell
from kompeten.schemes.labels import RECOMMENDER, STAGE, STANDING
from kompeten.schemes.terms import Recommender, Schooling, Stage, Standing
from kompeten.web.ui.fields import PrintedText

MOST_HOURS = 168  # in a week
OF_LETTER = ("number_of_letter", "dated_on", "signatory", "document")
WELFARE = {"yes": True, "no": False, "": None}
WELFARE_WORDS = (
    ("yes", _("Yes")),
    ("no", _("No")),
    ("", _("I am not sure")),
)


class Practice(forms.Form):
    """Education, and what is certified of practice and training."""

    stage = forms.ChoiceField(
        label=_("Last education"),
        choices=[("", _("Choose")), *((stage.value, STAGE[stage]) for stage in Stage)],
        required=False,
    )
    education = PrintedText(
        label=_("School and field of study"),
        help_text=_("As on your diploma, for example: S1 Kesejahteraan Sosial."),
        max_length=160,
    )
    welfare = forms.ChoiceField(
        label=_("Was it a study of social welfare or social work?"),
        choices=WELFARE_WORDS,
        widget=forms.RadioSelect,
        required=False,
    )
    standing = forms.ChoiceField(
        label=_("Have you finished it?"),
        choices=[(standing.value, STANDING[standing]) for standing in Standing],
        widget=forms.RadioSelect,
        required=False,
    )
    finished_on = forms.DateField(
        label=_("Date of the diploma"),
        help_text=_("It matters for the education route only."),
        required=False,
        widget=forms.DateInput,
    )
    practice_hours = forms.IntegerField(
        label=_("Hours of practice"),
        help_text=_("Only if a letter certifies a number of hours."),
        required=False,
        min_value=0,
        max_value=200_000,
    )
    training_hours = forms.IntegerField(
        label=_("Hours of training"),
        help_text=_("As your training certificates say, added up."),
        required=False,
        min_value=0,
        max_value=20_000,
    )
    recommended_by = forms.MultipleChoiceField(
        label=_("Who recommends you?"),
        choices=[(r.value, RECOMMENDER[r]) for r in Recommender],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def unjudged(self) -> None:
        """Say nothing of what is wrong with what was sent: somebody is not finished yet."""
        self._errors = ErrorDict()

    def stated(self, before: Statement) -> Statement:
        """Return `before` with what is said here."""
        said = self.cleaned_data
        return replace(
            before,
            education=said["education"],
            schooling=self._schooling(),
            practice_hours=said["practice_hours"],
            training_hours=said["training_hours"],
            recommended_by=tuple(said["recommended_by"]),
        )

    def _schooling(self) -> Schooling | None:
        said = self.cleaned_data
        if not said["stage"]:
            return None
        return Schooling(
            stage=Stage(said["stage"]),
            welfare=WELFARE[said["welfare"]],
            standing=Standing(said["standing"] or Standing.GRADUATE),
            finished_on=said["finished_on"],
        )


class Spell(forms.Form):
    """One time of practice; a row that says nothing is no time."""

    employer = PrintedText(
        label=_("Institution"),
        help_text=_("Where you worked or served."),
        max_length=160,
        required=False,
    )
    position = PrintedText(label=_("Your post"), max_length=120, required=False)
    from_on = forms.DateField(label=_("First day"), required=False, widget=forms.DateInput)
    last_on = forms.DateField(
        label=_("Last day"),
        help_text=_("Empty if you still serve there."),
        required=False,
        widget=forms.DateInput,
    )
    hours_a_week = forms.IntegerField(
        label=_("Hours a week"), required=False, min_value=1, max_value=MOST_HOURS
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on

    @property
    def number(self) -> int:
        """Return the place of the row, from 0."""
        return int(str(self.prefix))

    def clean(self) -> dict[str, Any]:
        """Ask for the first day, and that the days stand in order."""
        said = super().clean() or {}
        first, last = said.get("from_on"), said.get("last_on")
        if self.is_said() and first is None and "from_on" not in self.errors:
            self.add_error("from_on", _("Say on which day it began, or remove this row."))
        if first and first > self.on:
            self.add_error("from_on", _("This day lies ahead. What is to come does not count."))
        if first and last and last < first:
            self.add_error("last_on", _("The last day lies before the first."))
        return said

    def is_said(self) -> bool:
        """Say whether anything stands in the row."""
        return any(self.cleaned_data.get(name) for name in self.fields) or bool(self.errors)

    def spell(self) -> WorkSpell | None:
        """Return the time of practice, or None where nothing is said of one."""
        said = self.cleaned_data
        if said.get("from_on") is None:
            return None
        return WorkSpell(
            employer=said["employer"],
            position=said["position"],
            from_on=said["from_on"],
            last_on=said["last_on"],
            hours_a_week=said["hours_a_week"],
            letter=self._letter(said),
        )

    def _letter(self, said: Mapping[str, Any]) -> Letter:
        return Letter()


class LetteredSpell(Spell):
    """One time of practice with the letter that shows it."""

    number_of_letter = PrintedText(label=_("Number of the letter"), max_length=80, required=False)
    dated_on = forms.DateField(
        label=_("Date of the letter"), required=False, widget=forms.DateInput
    )
    signatory = PrintedText(
        label=_("Signed by"), help_text=_("Name and post."), max_length=160, required=False
    )
    document = forms.ChoiceField(label=_("The scan stands under"), choices=(), required=False)

    def __init__(self, *args: Any, papers: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        document = self.fields["document"]
        assert isinstance(document, forms.ChoiceField)
        document.choices = [("", pgettext_lazy("scan", "Not yet there")), *papers]

    @property
    def has_letter(self) -> bool:
        """Say whether anything is said of the letter, or wrong with it."""
        return any(self[name].value() or self[name].errors for name in OF_LETTER)

    def is_said(self) -> bool:
        """Say whether anything stands in the row; the choice of a scan alone says nothing."""
        named = (name for name in self.fields if name != "document")
        return any(self.cleaned_data.get(name) for name in named) or bool(self.errors)

    def _letter(self, said: Mapping[str, Any]) -> Letter:
        return Letter(
            number=said["number_of_letter"],
            dated_on=said["dated_on"],
            signatory=said["signatory"],
            document=said["document"],
        )
