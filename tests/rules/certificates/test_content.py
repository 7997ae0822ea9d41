"""Which contents may be signed, and what does a content state?"""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompeten.certificates.rules import content as rules
from kompeten.certificates.terms import (
    Body,
    Content,
    ContentInvalid,
    Decree,
    Fact,
    Identity,
    Named,
    Scheme,
    Signatory,
    StatusSlot,
)
from kompeten.kernel import canonical
from kompeten.kernel.canonical import plain
from tests.make.certificates import ANI, content


def test_a_whole_content_has_no_flaws() -> None:
    assert rules.flaws(ANI) == ()


@pytest.mark.parametrize(
    ("changes", "flaw"),
    [
        ({"holder": "  "}, "content.missing:holder"),
        ({"number": ""}, "content.missing:number"),
        ({"units": ()}, "content.missing:units"),
        ({"scheme": Scheme("X", "", "Skema")}, "content.missing:scheme_version"),
        ({"signatory": Signatory("", "Direktur")}, "content.missing:signatory"),
        ({"valid_until": date(2026, 11, 21)}, "content.dates_order"),
        ({"valid_from": date(2026, 11, 20)}, "content.dates_order"),
        ({"decree": Decree("46/LSP/SK/XI/2026", date(2026, 11, 22))}, "content.decree_later"),
        ({"verify_url": "http://lsp.example/s/K7XQ2M9D4T"}, "content.address_insecure"),
        ({"verify_url": "https://lsp.example/s/K7XQ2M9D4T#a"}, "content.address_shape"),
        ({"verify_url": "https://lsp.example/" + "s" * 120}, "content.address_shape"),
        ({"holder": "Ani 3174015507850003"}, "content.personal_number"),
        ({"legal_basis": ("NIK 3174015507850003",)}, "content.personal_number"),
        ({"holder": "Ani\u202eiweD"}, "content.unprintable:holder"),
        ({"place": "Jakarta\n"}, "content.unprintable:place"),
        ({"holder": "محمد علي"}, "content.unprintable:holder"),
        ({"signatory": Signatory("社", "Direktur")}, "content.unprintable:signatory"),
        ({"holder": "W" * 27}, "content.long_word:holder"),
        ({"holder": "Ani " + "Abdurrahmanwahid" * 4}, "content.long_word:holder"),
        ({"holder": "A" + "-" * 110}, "content.long_word:holder"),
        ({"holder": "A" + "-." * 55}, "content.long_word:holder"),
        ({"holder": "A" + "/." * 55}, "content.long_word:holder"),
        ({"holder": "Ani " + "A.B,C." * 12}, "content.long_word:holder"),
        ({"holder": "1-" * 40}, "content.long_word:holder"),
        (
            {"signatory": Signatory("Budi " + "n" * 48, "Direktur")},
            f"content.long_word:signatory:{'n' * 39}…",
        ),
        (
            {"signatory": Signatory("Budi", "D" + "x" * 32)},
            f"content.long_word:post:D{'x' * 32}",
        ),
        (
            {"signatory": Signatory("Budi", "Direktur", "D" + "x" * 32)},
            f"content.long_word:post:D{'x' * 32}",
        ),
        ({"number": "0" * 31}, f"content.long_word:number:{'0' * 31}"),
        (
            {"decree": Decree("0" * 80, date(2026, 11, 18))},
            f"content.long_word:decree:{'0' * 39}…",
        ),
        (
            {"profession": Named("p", "x" * 50)},
            f"content.long_word:profession:{'x' * 39}…",
        ),
        (
            {"scheme": Scheme("PEKSOS-G", "3" * 95, "Skema")},
            f"content.long_word:scheme:{'3' * 39}…",
        ),
        (
            {"units": (Named("PS." + "0" * 22, "Menolong"),)},
            f"content.long_word:units:PS.{'0' * 22}",
        ),
        (
            {"units": (Named("PS.01", "Menolong", "x" * 54),)},
            f"content.long_word:units:{'x' * 39}…",
        ),
        ({"scheme": Scheme("PEKSOS-G", "3", "x" * 85)}, f"content.long_word:scheme:{'x' * 39}…"),
        ({"scheme": Scheme("x" * 30, "3", "Skema")}, f"content.long_word:scheme:{'x' * 30}"),
        ({"level": Named("l", "x" * 50)}, f"content.long_word:level:{'x' * 39}…"),
        (
            {"scheme": Scheme("PEKSOS-G", "3", "Skema", "x" * 95)},
            f"content.long_word:scheme:{'x' * 39}…",
        ),
        ({"body": Body("LSP", "t" * 110)}, f"content.long_word:body:{'t' * 39}…"),
        ({"legal_basis": ("x" * 85,)}, f"content.long_word:legal_basis:{'x' * 39}…"),
        ({"body": Body("x" * 70)}, f"content.long_word:body:{'x' * 39}…"),
        ({"body": Body("t" * 100)}, f"content.long_word:body:{'T' * 39}…"),
        ({"place": "x" * 34}, f"content.long_word:place:{'x' * 34}"),
    ],
)
def test_a_flaw_is_named(changes: dict[str, Any], flaw: str) -> None:
    assert rules.flaws(content(**changes)) == (flaw,)


@pytest.mark.parametrize(
    "name",
    [
        "Abdurrahmanwahiduddinhutagalung",
        "MUHAMMADSYAFRUDDINPRAWIRANEGARA",
        "W" * 26,
        "Prawirodirjo-" * 9,
        "Sastroamidjojo " * 8 + "S.Tr.Sos.",
    ],
)
def test_a_long_name_is_printed_as_long_as_its_words_have_room(name: str) -> None:
    assert rules.flaws(content(holder=name)) == ()


def test_a_word_too_long_of_the_body_itself_holds_nobody() -> None:
    assert rules.house_faults(rules.flaws(content(body=Body("x" * 70)))) != ()


def test_a_long_certificate_number_is_no_nik() -> None:
    assert rules.flaws(content(number="889002635200001232026")) == ()


def test_a_certificate_may_be_shown_on_this_machine() -> None:
    assert rules.flaws(content(verify_url="http://127.0.0.1:8000/s/K7XQ2M9D4T")) == ()


def test_facts_leave_out_what_is_empty() -> None:
    plain = content(level=None, programme=None, is_demonstration=False)

    assert set(Fact) - set(plain.facts()) == {
        Fact.LEVEL,
        Fact.PROGRAMME,
        Fact.REPLACES,
        Fact.DEMONSTRATION,
    }


def test_qualification_joins_profession_and_level() -> None:
    assert rules.qualification(ANI) == Named(
        "social_worker.generalist", "Pekerja Sosial Generalis", "Generalist Social Worker"
    )


def test_qualification_is_the_profession_where_there_are_no_levels() -> None:
    volunteer = Named("social_volunteer", "Relawan Sosial Karang Taruna")

    assert rules.qualification(content(profession=volunteer, level=None)) == volunteer


def test_qualification_has_no_half_translation() -> None:
    half = content(level=Named("generalist", "Generalis"))

    assert rules.qualification(half).title_en == ""


texts = st.text(st.characters(codec="utf-8"), max_size=12)
named = st.builds(Named, texts, texts, texts)
days = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@given(texts, named, st.none() | named, st.lists(named, max_size=3), days, st.booleans())
def test_a_content_is_read_back_as_it_was(
    holder: str, profession: Named, level: Named | None, units: list[Named], day: date, demo: bool
) -> None:
    changed = replace(
        ANI,
        holder=holder,
        profession=profession,
        level=level,
        units=tuple(units),
        signed_on=day,
        is_demonstration=demo,
    )

    again = Content.read(canonical.plain(changed))

    assert again == changed
    assert again.digest == changed.digest


@pytest.mark.parametrize(
    "damage",
    [
        lambda stored: stored.pop("holder"),
        lambda stored: stored.update(nik="3174015507850003"),
        lambda stored: stored.update(holder=None),
        lambda stored: stored.update(units="PS.01"),
        lambda stored: stored["units"][0].pop("code"),
        lambda stored: stored.update(signed_on="20261121"),
        lambda stored: stored.update(signed_on=20261121),
        lambda stored: stored.update(is_demonstration="yes"),
        lambda stored: stored.update(decree=[]),
    ],
)
def test_a_damaged_content_is_refused(damage: Any) -> None:
    stored = canonical.plain(ANI)
    damage(stored)

    with pytest.raises(ContentInvalid):
        Content.read(stored)


def test_the_digest_follows_every_letter() -> None:
    assert content(holder="Ni Luh Ani Kartika Dewi, S.Tr.Sos").digest != ANI.digest
    assert ANI.digest == "sha256:" + ANI.digest.removeprefix("sha256:").lower()


def test_what_came_later_leaves_older_contents_as_they_were() -> None:
    """Contents recorded before status places and portraits keep their bytes, and are still read."""
    stored = plain(content())

    assert not {"status", "identity", "photo", "replaces"} & stored.keys()
    assert Content.read(stored) == content()


def test_a_content_with_every_member_reads_back() -> None:
    whole = content(
        status=StatusSlot(1, 77),
        identity=Identity("emailAddress", "sha256$" + "1" * 64, "K7XQ2M9D4T"),
        photo="ab" * 32,
        replaces="88900 2635 2 0000122 2026",
    )

    assert Content.read(plain(whole)) == whole
    assert rules.flaws(whole) == ()


@pytest.mark.parametrize("member", ["status", "identity", "photo", "replaces"])
def test_a_member_that_says_nothing_is_not_spelled_out(member: str) -> None:
    empty = None if member in {"status", "identity"} else ""

    with pytest.raises(ContentInvalid):
        Content.read({**plain(content()), member: empty})


@pytest.mark.parametrize(
    ("change", "members"),
    [
        ({"holder": "Eko"}, ("holder",)),
        ({"number": "2", "ref": "P3RN8V2C6H", "photo": "ab" * 32}, ("photo",)),
        ({"replaces": "1", "status": StatusSlot(1, 5), "valid_from": date(2027, 1, 1)}, ()),
    ],
)
def test_what_differs_is_what_somebody_reads(
    change: dict[str, Any], members: tuple[str, ...]
) -> None:
    assert rules.differing(content(), content(**change)) == members
