"""Do files come in whole or not at all, once, and changes as new versions?"""

import io
import random
import zipfile
from itertools import count

import pytest
import xlsxwriter
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.test.utils import CaptureQueriesContext

from kompeten.foundation.ledger import StepRefused
from kompeten.foundation.models import Event
from kompeten.itembank import actions, queries
from kompeten.itembank.models import CaseSet, Item, ItemKey, MarkingGuide
from kompeten.itembank.terms import BankInvalid, ImportResult, ItemState, Problem
from kompeten.kernel.roles import Role
from tests.make.actors import ANI, actor
from tests.make.demobank import demo_files
from tests.make.itembank import WATI, YUSUF
from tests.make.times import MONDAY

pytestmark = pytest.mark.django_db

GIFT = """$CATEGORY: kasus/K01

Bu R. datang ke kantor desa.

// [id:K01-1] [tag:domain:skill] [tag:difficulty:easy] [tag:unit:asesmen]
Langkah pertama ialah {=mendengar ~pergi ~menegur ~diam}

// [id:K01-2] [tag:domain:value] [tag:difficulty:hard]
Sikap yang tepat ialah {~menilai ~menuduh =menerima ~mengabaikan}
"""


SEEDS = count(1)
AUDITOR = actor(Role.AUDITOR, account_id=119)


def take_in(text: str) -> ImportResult:
    return actions.import_gift(text.encode(), by=WATI, at=MONDAY, rng=random.Random(next(SEEDS)))


def problems(content: bytes, *, as_sheet: bool = False) -> list[tuple[int, str]]:
    act = actions.import_sheet if as_sheet else actions.import_gift
    with pytest.raises(BankInvalid) as caught:
        act(content, by=WATI, at=MONDAY, rng=random.Random(1))
    return [(problem.line, problem.code) for problem in caught.value.problems]


def workbook(*rows: tuple[object, ...]) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return target.getvalue()


def test_a_file_becomes_drafts_with_their_events() -> None:
    result = take_in(GIFT)

    assert result == ImportResult(cases=1, items=2, fresh=2, changed=0, unchanged=0)
    first, second = Item.objects.order_by("position")
    assert (first.code, first.version, first.state, first.writer_id) == ("K01-1", 1, "draft", 111)
    assert first.options == ["mendengar", "pergi", "menegur", "diam"]
    assert (second.domain, second.difficulty, second.unit) == ("values", "hard", "")
    assert ItemKey.objects.get(item=second).option == "c"
    event = Event.objects.get(subject="item", subject_id=first.pk)
    assert (event.type, event.facts) == (
        "item.opened",
        {"code": "K01-1", "version": 1, "digest": first.digest},
    )


def test_the_same_file_again_changes_nothing() -> None:
    take_in(GIFT)
    before = list(Item.objects.values()), list(CaseSet.objects.values()), Event.objects.count()

    result = take_in(GIFT)

    assert result == ImportResult(cases=1, items=2, fresh=0, changed=0, unchanged=2)
    assert (list(Item.objects.values()), list(CaseSet.objects.values()), Event.objects.count()) == (
        before
    )


def test_a_changed_key_alone_makes_a_new_version_and_retires_the_old_draft() -> None:
    take_in(GIFT)

    result = take_in(GIFT.replace("=mendengar ~pergi", "~mendengar =pergi"))

    assert result == ImportResult(cases=1, items=2, fresh=0, changed=1, unchanged=1)
    old, new = Item.objects.filter(code="K01-1").order_by("version")
    assert (old.state, new.state, new.version, new.case_id) == ("retired", "draft", 2, old.case_id)
    assert (ItemKey.objects.get(item=old).option, ItemKey.objects.get(item=new).option) == (
        "a",
        "b",
    )
    assert old.digest == new.digest  # the digest tells nobody the answer


def test_an_approved_item_serves_until_its_successor_is_approved() -> None:
    take_in(GIFT)
    items = queries.items_in(ItemState.DRAFT, WATI)
    actions.submit(items, by=WATI, at=MONDAY)
    actions.approve(items, by=YUSUF, at=MONDAY)

    take_in(GIFT.replace("Langkah pertama", "Langkah awal"))

    states = Item.objects.filter(code="K01-1").order_by("version")
    assert list(states.values_list("state", flat=True)) == ["approved", "draft"]
    draft = queries.items_in(ItemState.DRAFT, WATI)
    actions.submit(draft, by=WATI, at=MONDAY)
    actions.approve(draft, by=YUSUF, at=MONDAY)
    assert list(states.values_list("state", flat=True)) == ["retired", "approved"]


def test_a_new_vignette_renews_the_whole_case() -> None:
    take_in(GIFT)

    result = take_in(GIFT.replace("kantor desa", "kantor camat"))

    assert result == ImportResult(cases=1, items=2, fresh=0, changed=2, unchanged=0)
    assert list(CaseSet.objects.order_by("version").values_list("version", flat=True)) == [1, 2]
    live = Item.objects.exclude(state="retired").order_by("position")
    assert [(i.code, i.version, i.position) for i in live] == [("K01-1", 2, 1), ("K01-2", 2, 2)]


def test_a_new_vignette_without_one_of_its_items_is_refused() -> None:
    take_in(GIFT)
    cut = GIFT.replace("kantor desa", "kantor camat").partition("// [id:K01-2]")[0]

    with pytest.raises(BankInvalid) as caught:
        take_in(cut)

    assert caught.value.problems == (Problem(0, "case.item_left_behind", "K01-2"),)
    assert CaseSet.objects.count() == 1


def test_an_item_cannot_move_to_another_case() -> None:
    take_in(GIFT)

    with pytest.raises(BankInvalid) as caught:
        take_in(GIFT.replace("kasus/K01", "kasus/K09"))

    assert {(p.code, p.detail) for p in caught.value.problems} == {
        ("item.in_other_case", "K01-1"),
        ("item.in_other_case", "K01-2"),
    }


def test_a_bad_file_is_refused_with_all_its_problems_and_nothing_comes_in() -> None:
    bad = GIFT.replace("[tag:domain:skill]", "[tag:domain:sikap]").replace("=menerima", "~menerima")

    assert problems(bad.encode()) == [(6, "domain.unknown"), (9, "key.count")]
    assert (Item.objects.count(), CaseSet.objects.count(), Event.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(
    ("content", "line", "code"),
    [
        (b"", 0, "itemfile.no_items"),
        (b"\n\nsatu \xff dua", 3, "itemfile.not_utf8"),
        (b"a" * 5_000_001, 0, "itemfile.too_large"),
        (b"::S1::Tanya\x00 {=a ~b}", 1, "itemtext.unreadable"),
    ],
)
def test_a_text_that_is_no_item_file_is_refused(content: bytes, line: int, code: str) -> None:
    assert (line, code) in problems(content)


def test_only_item_writers_take_items_in() -> None:
    with pytest.raises(StepRefused) as caught:
        actions.import_gift(GIFT.encode(), by=ANI, at=MONDAY, rng=random.Random(1))

    assert caught.value.reasons == ("role.not_held",)
    assert CaseSet.objects.count() == 0


def test_the_template_filled_in_is_taken_in() -> None:
    result = actions.import_sheet(
        queries.sheet_template(), by=WATI, at=MONDAY, rng=random.Random(1)
    )

    assert result == ImportResult(cases=2, items=2, fresh=2, changed=0, unchanged=0)
    item = Item.objects.get(essay__isnull=True)
    assert (item.code, item.domain, item.difficulty, len(item.options)) == (
        "K01-1",
        "skills",
        "easy",
        4,
    )


ESSAY = r"""$CATEGORY: E01

// [id:E01-1] [tag:domain:skill] [tag:difficulty:hard] [tag:points:20] [tag:longest:2000]
// [tag:guidance:Sebutkan tujuan.\nLalu langkahnya.] [tag:marking:Tujuan 8, langkah 12.]
Uraikan rencana pendampingan untuk Bu R. {}
"""


def test_an_essay_comes_by_text_and_by_sheet_and_its_guide_stands_apart() -> None:
    take_in(ESSAY)
    head = ("Kode kasus", "Vinyet", "Kode soal", "Pertanyaan", "Pilihan A", "Pilihan B", "Kunci",
            "Ranah", "Kesulitan", "Poin esai", "Panjang esai", "Petunjuk esai",
            "Panduan penilaian")  # fmt: skip
    row = ("E01", "", "E01-1", "Uraikan rencana pendampingan untuk Bu R.", "", "", "",
           "keterampilan", "sulit", "20", "2000", "Sebutkan tujuan.\nLalu langkahnya.",
           "Tujuan 8, langkah 12.")  # fmt: skip

    again = actions.import_sheet(workbook(head, row), by=WATI, at=MONDAY, rng=random.Random(1))
    other = actions.import_sheet(
        workbook(head, (*row[:-1], "Tujuan 10, langkah 10.")),
        by=WATI, at=MONDAY, rng=random.Random(2),
    )  # fmt: skip

    assert (again.unchanged, other.changed) == (1, 1)
    first, second = Item.objects.order_by("version")
    assert (first.options, first.digest == second.digest) == ([], True)
    assert (first.essay.guidance, first.essay.most_points, first.essay.longest) == (
        "Sebutkan tujuan.\nLalu langkahnya.", 20, 2000,
    )  # fmt: skip
    assert [g.text for g in MarkingGuide.objects.order_by("pk")] == [
        "Tujuan 8, langkah 12.", "Tujuan 10, langkah 10.",
    ]  # fmt: skip
    assert ItemKey.objects.count() == 0
    found = queries.case(second.case.ref, WATI)
    assert found is not None
    assert found.items[-1].marking == "Tujuan 10, langkah 10."
    seen = queries.case(second.case.ref, AUDITOR)
    assert seen is not None
    assert {item.marking for item in seen.items} == {""}


def test_a_sheet_and_a_text_with_the_same_items_are_the_same() -> None:
    take_in(GIFT)
    head = ("Kode kasus", "Vinyet", "Kode soal", "Pertanyaan", "Pilihan A", "Pilihan B",
            "Pilihan C", "Pilihan D", "Kunci", "Ranah", "Kesulitan", "Unit")  # fmt: skip
    content = workbook(
        head,
        ("K01", "Bu R. datang ke kantor desa.", "K01-1", "Langkah pertama ialah", "mendengar",
         "pergi", "menegur", "diam", "A", "keterampilan", "mudah", "asesmen"),
        ("K01", "", "K01-2", "Sikap yang tepat ialah", "menilai", "menuduh", "menerima",
         "mengabaikan", "C", "nilai", "sulit"),
    )  # fmt: skip

    result = actions.import_sheet(content, by=WATI, at=MONDAY, rng=random.Random(1))

    assert result.unchanged == 2


def zipped(**parts: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return target.getvalue()


def test_workbooks_that_are_none_are_refused() -> None:
    whole = queries.sheet_template()
    far = zipped(
        **{
            "xl/workbook.xml": b"<workbook/>",
            "xl/worksheets/sheet1.xml": b'<row><c s="1" r="XFD1048576"><v>1</v></c></row>',
        }
    )
    bomb = zipped(**{"xl/workbook.xml": b"<workbook/>", "xl/media/a": b"0" * 70_000_000})

    assert problems(b"<html>", as_sheet=True) == [(0, "itemfile.not_a_spreadsheet")]
    assert problems(b"\xd0\xcf\x11\xe0\xa1\xb1", as_sheet=True) == [(0, "itemfile.old_or_locked")]
    assert problems(whole[: len(whole) // 2], as_sheet=True) == [(0, "itemfile.broken")]
    assert problems(zipped(a=b"1"), as_sheet=True) == [(0, "itemfile.not_a_spreadsheet")]
    assert problems(far, as_sheet=True) == [(0, "itemfile.too_large")]
    assert problems(bomb, as_sheet=True) == [(0, "itemfile.too_large")]


def test_the_number_of_queries_does_not_grow_with_the_file() -> None:
    with CaptureQueriesContext(connection) as small:
        take_in(GIFT)
    with CaptureQueriesContext(connection) as large:
        take_in(demo_files()[0])

    assert len(large) == len(small)


def test_written_texts_and_keys_are_kept_by_the_database() -> None:
    take_in(GIFT)

    for act in (
        lambda: Item.objects.update(stem="lain"),
        lambda: ItemKey.objects.update(option="b"),
        lambda: CaseSet.objects.update(vignette="lain"),
        lambda: ItemKey.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
