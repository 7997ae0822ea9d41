"""What does the self-check ask? What the step of an application asks, and who somebody wants to be."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kompeten.foundation import words
from kompeten.schemes.labels import LEVEL, STAGE
from kompeten.schemes.terms import Level, Profession, Stage
from kompeten.web.candidate.experience_forms import Practice
from kompeten.web.candidate.forms import MOST_YEARS

# Many do not know under which name the law knows them.
PROFESSIONS = {
    Profession.SOCIAL_WORKER: _(
        "Social worker: with an education in social work or social welfare"
    ),
    Profession.WELFARE_WORKER: _("Welfare worker: companions of programmes, staff of institutions"),
    Profession.SOCIAL_EDUCATOR: _("Social educator: who informs and teaches communities"),
    Profession.SOCIAL_VOLUNTEER: _("Social volunteer: PSM, Tagana, Karang Taruna and others"),
}


class SelfCheck(Practice):
    """Profession, level and age, then education and practice; little of it must be said."""

    profession = forms.ChoiceField(
        label=_("What do you want to be certified as?"),
        choices=[(profession.value, said) for profession, said in PROFESSIONS.items()],
        widget=forms.RadioSelect,
    )
    level = forms.ChoiceField(
        label=pgettext_lazy("scheme", "Level"),
        help_text=_("For social workers and welfare workers. If you are not sure, see all."),
        choices=[("", _("Show me all levels")), *((level.value, LEVEL[level]) for level in Level)],
        required=False,
    )
    born_on = forms.DateField(
        label=_("Date of birth"),
        help_text=_("One route asks for 45 years of age."),
        required=False,
        widget=forms.DateInput,
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        self.fields["education"].required = False
        self.fields["stage"].required = True

    def clean_born_on(self) -> date | None:
        """Return the day, if a living person can have been born on it."""
        born: date | None = self.cleaned_data["born_on"]
        if born and not (self.on.year - MOST_YEARS <= born.year and born < self.on):
            raise forms.ValidationError(words.reason("birth_date.impossible"))
        return born

    def clean(self) -> dict[str, Any]:
        """Name the education by its stage where nothing more is said of it."""
        said = super().clean() or {}
        if said.get("stage") and not said.get("education"):
            said["education"] = str(STAGE[Stage(said["stage"])])
        return said

    def asked(self) -> dict[str, Any]:
        """Return for whom the routes are looked at."""
        said = self.cleaned_data
        levelled = said["profession"] in {Profession.SOCIAL_WORKER, Profession.WELFARE_WORKER}
        return {
            "profession": Profession(said["profession"]),
            "level": Level(said["level"]) if said["level"] and levelled else None,
            "born_on": said["born_on"],
        }
