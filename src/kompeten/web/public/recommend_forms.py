"""What is asked of somebody who shall recommend? The letter first, then the code that signs it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kompeten.applications.labels import CAPACITY
from kompeten.applications.terms.recommending import Capacity, Letter, Signatory
from kompeten.foundation import words
from kompeten.schemes.terms import Recommender
from kompeten.web.ui.fields import PrintedLines, PrintedText

ANSWERS = (
    ("ya", _("I recommend them")),
    ("tidak", _("I cannot recommend them")),
)
# As what most signatories of a kind know whom they recommend; they may choose another.
USUAL = {Recommender.WORKPLACE: Capacity.HEAD, Recommender.PROFESSION: Capacity.BOARD}
# On which field a reason stands; all others stand above the form.
FIELD = {
    "letter.to_come": "tanggal",
    "letter.old": "tanggal",
    "letter.known_later": "sejak",
    "letter.why_missing": "kata",
    "letter.about_nobody": "tentang",
    "recommendation.own_account": "akun",
    "recommendation.code_over": "kode",
    "recommendation.code_wrong": "kode",
}


class Answering(forms.Form):
    """A form that takes the reasons of the room on its fields."""

    def refuse(self, codes: Sequence[str]) -> None:
        """Put the reasons where they can be mended."""
        for code in codes:
            name = FIELD.get(code, "")
            self.add_error(name if name in self.fields else None, words.reason(code))


class Writing(Answering):
    """The letter: for whom, its number and day, who signs, since when and as what they know them."""

    tentang = forms.MultipleChoiceField(
        label=_("Whom do you answer for now?"),
        help_text=_("For the others you can open the link again."),
        widget=forms.CheckboxSelectMultiple,
    )
    jawab = forms.ChoiceField(
        label=_("Your answer"), choices=ANSWERS, widget=forms.RadioSelect, initial="ya"
    )
    nomor = PrintedText(
        label=_("Number of the letter"),
        help_text=_("As in your register of letters, for example 800/214/Dinsos."),
        max_length=80,
    )
    tanggal = forms.DateField(label=_("Date of the letter"), widget=forms.DateInput)
    nama = PrintedText(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    jabatan = PrintedText(label=_("Your post"), max_length=120)
    lembaga = PrintedText(label=_("Institution or organization"), max_length=160)
    sebagai = forms.ChoiceField(
        label=_("As what do you know them?"), choices=[(c.value, CAPACITY[c]) for c in Capacity]
    )
    sejak = forms.DateField(
        label=_("Since when do you know them?"),
        help_text=_("If you do not know the day, take the first of the month."),
        widget=forms.DateInput,
    )
    kata = PrintedLines(
        label=_("In your own words"),
        help_text=_("If you cannot recommend, say why. The applicant is not shown that."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    akun = forms.BooleanField(
        label=_("I am logged in here, and this account is mine"),
        help_text=_("Then you are kept from verifying, examining or deciding on the same people."),
        required=False,
    )

    def __init__(
        self,
        data: Any = None,
        *,
        people: Sequence[tuple[str, str]],
        signatory: Signatory,
        before: Letter | None,
        kind: Recommender,
        account_person: int | None,
    ) -> None:
        super().__init__(data, initial=_initial(signatory, before, people, kind))
        self.people = people
        self.account_person = account_person
        about = self.fields["tentang"]
        assert isinstance(about, forms.MultipleChoiceField)
        about.choices = list(people)
        if len(people) == 1:
            del self.fields["tentang"]
        if account_person is None:
            del self.fields["akun"]

    def letter(self) -> Letter:
        """Return what was written."""
        said = self.cleaned_data
        only = [ref for ref, _name in self.people] if len(self.people) == 1 else []
        return Letter(
            recommends=said["jawab"] == "ya",
            about=tuple(said.get("tentang") or only),
            number=said["nomor"],
            dated_on=said["tanggal"],
            name=said["nama"],
            post=said["jabatan"],
            office=said["lembaga"],
            capacity=Capacity(said["sebagai"]),
            known_since=said["sejak"],
            words=said["kata"],
            account_person=self.account_person if said.get("akun") else None,
        )


class Signing(Answering):
    """The code, and the letter on paper for who has one."""

    kode = forms.CharField(
        label=_("Code of six digits"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )
    berkas = forms.FileField(
        label=_("The letter on paper, as a photo or PDF"),
        help_text=_("Only if you have one: your signature here counts without it."),
        required=False,
    )

    def __init__(self, data: Any = None, files: Any = None, *, takes_scan: bool) -> None:
        super().__init__(data, files)
        if not takes_scan:
            del self.fields["berkas"]


def _initial(
    signatory: Signatory,
    before: Letter | None,
    people: Sequence[tuple[str, str]],
    kind: Recommender,
) -> dict[str, Any]:
    if before is None:
        return {
            "sebagai": USUAL[kind].value,
            "nama": signatory.name,
            "jabatan": signatory.post,
            "lembaga": signatory.office,
            "tentang": [ref for ref, _name in people],
        }
    return {
        "tentang": list(before.about),
        "jawab": "ya" if before.recommends else "tidak",
        "nomor": before.number,
        "tanggal": before.dated_on,
        "nama": before.name,
        "jabatan": before.post,
        "lembaga": before.office,
        "sebagai": before.capacity.value,
        "sejak": before.known_since,
        "kata": before.words,
        "akun": before.account_person is not None,
    }
