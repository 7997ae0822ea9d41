"""Do components say what they are given, and refuse what they do not know?"""

from datetime import date, timedelta

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Template, TemplateSyntaxError
from django.utils.translation import override

from kompeten.web.ui.shapes import Column, Fact, Slice, Stop, StopState, Tone
from kompeten.web.ui.templatetags import ui
from kompeten.web.ui.templatetags.gallery import described
from tests.faces.ui.render import rendered
from tests.house.code import ROOT, SOURCE
from tests.make.times import MONDAY, WIB_MIDNIGHT

TAGS = sorted(ui.register.tags)


class Question(forms.Form):
    """Three questions: one that must be answered, one that may, one to choose."""

    name = forms.CharField(label="Nama", help_text="Seperti di KTP.")
    note = forms.CharField(label="Catatan", required=False, widget=forms.Textarea)
    level = forms.ChoiceField(
        label="Jenjang", widget=forms.RadioSelect, choices=[("a", "Asisten"), ("g", "Generalis")]
    )


@pytest.mark.parametrize("tag", TAGS)
def test_an_unknown_prop_is_refused_when_the_template_is_read(tag: str) -> None:
    end = f"{{% end{tag} %}}" if described(tag)["is_block"] else ""

    with pytest.raises(TemplateSyntaxError, match="unexpected keyword argument 'colour'"):
        Template(f"{{% {tag} colour='red' %}}{end}")


@pytest.mark.parametrize("tag", TAGS)
def test_props_go_by_keyword_only(tag: str) -> None:
    end = f"{{% end{tag} %}}" if described(tag)["is_block"] else ""

    with pytest.raises(TemplateSyntaxError, match=r"positional arguments|did not receive value"):
        Template(f"{{% {tag} 'x' 'y' %}}{end}")


@pytest.mark.parametrize("tag", TAGS)
def test_every_component_hangs_in_the_gallery_and_stands_in_the_docs(tag: str) -> None:
    gallery = (SOURCE / "web/ui/templates/ui/gallery.html").read_text(encoding="utf-8")
    docs = (ROOT / "docs/style/components.md").read_text(encoding="utf-8")
    section = docs.partition(f"### `{tag}`\n")[2].partition("\n##")[0]

    assert f'specimen name="{tag}"' in gallery
    assert [p["name"] for p in described(tag)["props"] if f"`{p['name']}`" not in section] == []
    assert f"{{% {tag}" in section


def test_a_tone_that_nobody_knows_is_refused() -> None:
    with pytest.raises(TemplateSyntaxError, match="tone='red' is not one of bad, good"):
        rendered("{% badge word='x' tone='red' %}")


def test_what_people_wrote_is_escaped() -> None:
    html = rendered(
        "{% card title=evil %}{{ evil }}{% endcard %}{% row title=evil %}{% endrow %}{% avatar name=evil %}",
        evil="<script>alert(1)</script>",
    )

    assert "<script>" not in html
    assert html.count("&lt;script&gt;") == 3


def test_a_badge_has_a_word_and_a_shape_beside_its_colour() -> None:
    html = rendered("{% badge word='Diterima' tone='good' %}")

    assert "Diterima" in html
    assert '<svg class="k-shape"' in html


def test_the_way_names_each_state_and_marks_the_present_stop() -> None:
    stops = [
        Stop("Permohonan", StopState.DONE, on=date(2026, 3, 2)),
        Stop("Portofolio", StopState.NOW, href="/saya/portofolio/"),
        Stop("Ujian"),
    ]

    html = rendered("{% way stops=stops label='Jalan' %}", stops=stops)

    assert html.count('aria-current="step"') == 1
    assert [html.count(w) for w in ("selesai", "Anda di sini", "akan datang")] == [2, 1, 1]
    assert "1 dari 3 langkah selesai" in html
    assert "2 Maret 2026" in html


def test_the_way_refuses_a_state_that_is_none() -> None:
    with pytest.raises(TemplateSyntaxError, match="state='lost' is not one of"):
        rendered("{% way stops=stops label='Jalan' %}", stops=[Stop("Ujian", "lost")])


@pytest.mark.parametrize(
    ("days", "state", "words"),
    [
        (10, "calm", "10 hari lagi"),
        (3, "soon", "3 hari lagi"),
        (1, "soon", "besok"),
        (0, "today", "hari ini"),
        (-1, "late", "terlambat 1 hari"),
    ],
)
def test_a_clock_says_how_far_the_day_is(days: int, state: str, words: str) -> None:
    until = MONDAY.date() + timedelta(days=days)

    html = rendered("{% clock until=until %}", until=until)

    assert f'data-state="{state}"' in html
    assert words in html


def test_a_clock_counts_days_of_the_country_not_of_greenwich() -> None:
    """At 17.00 UTC the next day has begun in Jakarta."""
    html = rendered("{% clock until=until %}", until=date(2026, 3, 3), at=WIB_MIDNIGHT)

    assert 'data-state="today"' in html


def test_an_hour_passed_today_is_late() -> None:
    html = rendered("{% clock until=until %}", until=MONDAY - timedelta(hours=1))

    assert 'data-state="late"' in html


def test_a_field_ties_help_and_errors_to_its_widget() -> None:
    form = Question({"name": ""})

    html = rendered("{% field bound=form.name %}", form=form)

    assert 'aria-describedby="id_name-help id_name-error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_name-error"' in html
    assert 'for="id_name"' in html


def test_a_field_that_may_stay_empty_says_so() -> None:
    assert "(boleh kosong)" in rendered("{% field bound=form.note %}", form=Question())
    assert "(boleh kosong)" not in rendered("{% field bound=form.name %}", form=Question())


def test_a_text_with_a_word_limit_says_it_without_javascript() -> None:
    html = rendered("{% field bound=form.note words_min=150 %}", form=Question())

    assert "Paling sedikit 150 kata" in html
    assert 'data-k-words="id_note"' in html


def test_choices_stand_in_a_fieldset_with_a_legend() -> None:
    html = rendered("{% field bound=form.level kind='cards' %}", form=Question())

    assert html.count('type="radio"') == 2
    assert "<legend" in html


def test_form_errors_link_to_their_fields() -> None:
    form = Question({"note": "x"})

    html = rendered("{% form_errors form=form %}", form=form)

    assert 'role="alert"' in html
    assert '<a href="#id_name">Nama</a>' in html
    assert "2 hal perlu Anda perhatikan" in html


def test_form_errors_are_silent_when_all_is_well() -> None:
    assert rendered("{% form_errors form=form %}", form=Question()).strip() == ""


def test_a_table_names_its_columns_for_the_phone_too() -> None:
    html = rendered(
        "{% table caption='Permohonan' columns=columns %}<tr>{% cell kind='head' %}Ani{% endcell %}"
        "{% cell label='Dokumen' kind='number' %}7{% endcell %}</tr>{% endtable %}",
        columns=["Nama", Column("Dokumen", "number")],
    )

    assert "Permohonan</caption>" in html
    assert '<th scope="row"' in html
    assert '<span class="k-cell-label" aria-hidden="true">Dokumen</span>' in html


def test_a_pager_keeps_the_rest_of_the_query() -> None:
    html = rendered("{% pager page=page %}", page=Paginator(range(60), 20).page(2))

    assert "?halaman=1&amp;wilayah=12.18" in html
    assert "?halaman=3&amp;wilayah=12.18" in html
    assert "Halaman 2 dari 3" in html


def test_numbers_are_grouped_for_people_and_plain_in_links() -> None:
    html = rendered("{% pager page=page %}", page=Paginator(range(60_000), 20).page(2000))

    assert 'href="?halaman=1999&' in html
    assert 'href="?halaman=2001&' in html
    assert "2.000" in html
    assert "3.000" in html


def test_one_page_needs_no_pager() -> None:
    html = rendered("{% pager page=page %}", page=Paginator(range(9), 20).page(1))

    assert html.strip() == ""


def test_charts_speak_svg_with_points_in_every_language() -> None:
    items = [Slice("Kompeten", 2, Tone.GOOD), Slice("Belum kompeten", 1, Tone.WAIT)]
    charts = ["bar_chart", "funnel", "stacked_bar", "donut"]
    source = "".join(f"{{% {c} items=items label='Hasil' %}}" for c in charts)

    with override("id"):
        html = rendered(source, items=items)

    assert 'width="66.67"' in html
    assert "66,67" not in html
    assert "<title>" in html


def test_a_chart_of_nothing_is_drawn_all_the_same() -> None:
    for chart in ("bar_chart", "funnel", "stacked_bar", "donut"):
        html = rendered(f"{{% {chart} items=items label='Hasil' %}}", items=[Slice("Kosong", 0)])
        assert "Kosong" in html


def test_facts_show_a_dash_for_what_is_unknown_and_zero_for_none() -> None:
    html = rendered(
        "{% facts items=items %}{% endfacts %}", items=(Fact("Surel", ""), Fact("Jam", 0))
    )

    assert "–" in html
    assert "<dd> 0 </dd>" in " ".join(html.split())


def test_verdicts_never_say_failed() -> None:
    assert "Belum kompeten" in rendered("{% verdict value='BK' %}")
    assert "Kompeten" in rendered("{% verdict value='K' %}")
    with pytest.raises(TemplateSyntaxError, match="is not one of"):
        rendered("{% verdict value='gagal' %}")
