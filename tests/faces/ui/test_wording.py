"""Does a field that was filled in wrongly say so in Indonesian that people speak?"""

import pytest
from django import forms
from django.utils import translation


class Asked(forms.Form):
    """One field of each kind whose faults the framework words."""

    poin = forms.IntegerField(min_value=1, max_value=20)
    hari = forms.DateField()
    waktu = forms.DateTimeField()
    paket = forms.ChoiceField(choices=[("a", "A")])


GOOD = {"poin": "3", "hari": "2026-08-17", "waktu": "2026-08-17T09:00", "paket": "a"}


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("poin", "tiga", "Isi dengan bilangan bulat."),
        ("poin", "0", "Paling sedikit 1."),
        ("poin", "21", "Paling banyak 20."),
        ("hari", "2026-02-30", "Isi dengan tanggal yang ada di kalender."),
        ("waktu", "besok", "Isi dengan tanggal dan jam yang ada di kalender."),
        ("paket", "z", "Pilih salah satu yang tersedia; z tidak termasuk di dalamnya."),
    ],
)
def test_what_is_wrong_with_a_field_is_said_plainly(name: str, value: str, told: str) -> None:
    with translation.override("id"):
        form = Asked(GOOD | {name: value})

        assert form.errors == {name: [told]}
