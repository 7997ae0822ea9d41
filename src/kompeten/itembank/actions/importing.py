"""How do items come into the bank? From files, whole or not at all; the same file again changes nothing."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from kompeten.foundation import ledger
from kompeten.itembank.actions.reviewing import retire_superseded
from kompeten.itembank.adapters import workbook
from kompeten.itembank.chart import ITEM
from kompeten.itembank.models import CaseSet, Essay, Item, ItemKey, MarkingGuide
from kompeten.itembank.rules import gift, sheet, writing
from kompeten.itembank.terms import (
    OPTION_CODES,
    BankInvalid,
    ImportResult,
    ItemState,
    Problem,
    Writing,
    WrittenCase,
    WrittenItem,
)
from kompeten.kernel import digest, refs
from kompeten.kernel.actors import Actor

MAX_BYTES = 5_000_000


def import_gift(content: bytes, *, by: Actor, at: datetime, rng: random.Random) -> ImportResult:
    """Take in the cases of a GIFT file as drafts written by `by`.

    :raises BankInvalid: with every problem and its line; then nothing is taken in
    """
    if len(content) > MAX_BYTES:
        raise BankInvalid((Problem(0, "itemfile.too_large", str(len(content))),))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BankInvalid((Problem(line, "itemfile.not_utf8"),)) from error
    return take_in(writing.admit(*gift.read(text)), by=by, at=at, rng=rng)


def import_sheet(content: bytes, *, by: Actor, at: datetime, rng: random.Random) -> ImportResult:
    """Take in the cases of an item sheet (.xlsx) as drafts written by `by`.

    :raises BankInvalid: with every problem and its row; then nothing is taken in
    """
    if len(content) > MAX_BYTES:
        raise BankInvalid((Problem(0, "itemfile.too_large", str(len(content))),))
    return take_in(writing.admit(*sheet.read(workbook.rows(content))), by=by, at=at, rng=rng)


def take_in(
    cases: tuple[WrittenCase, ...], *, by: Actor, at: datetime, rng: random.Random
) -> ImportResult:
    """Write what is new or changed as new versions; older versions stay until the new are approved.

    An item is known by its code, and unchanged if the texts of case and item and the key, or the guide
    for marking, are. A few queries, whatever the number of items.

    :raises BankInvalid: `item.in_other_case`
    :raises StaleRecord: somebody imported the same cases at this moment
    """
    try:
        with transaction.atomic():
            return _take_in(cases, by=by, at=at, rng=rng)
    except IntegrityError as error:
        raise ledger.StaleRecord("somebody imported the same items at this moment") from error


@dataclass(slots=True)
class _Known:
    """What the bank holds under the codes of a file: newest versions, their keys and guides, positions by case."""

    cases: Mapping[str, CaseSet]
    items: Mapping[str, Item]
    keys: Mapping[int, str]
    guides: Mapping[int, str]
    places: Mapping[str, Mapping[str, int]]


def _take_in(
    cases: tuple[WrittenCase, ...], *, by: Actor, at: datetime, rng: random.Random
) -> ImportResult:
    if by.account_id is None:
        # Every item has somebody who wrote it, or nobody could be another.
        raise ledger.StepRefused("role.not_held", step="open")
    known = _known(cases)
    homes = {case.code: _home(case, known, at=at, rng=rng) for case in cases}
    if misplaced := tuple(_misplaced(cases, homes, known)):
        raise BankInvalid(misplaced)
    CaseSet.objects.bulk_create([home for home in homes.values() if home.pk is None])
    written = [
        (_row(item, homes[case.code], position, known, writer_id=by.account_id, rng=rng), item)
        for case in cases
        for item, position in _written(case, homes[case.code], known)
    ]
    rows = [row for row, _ in written]
    ledger.enter_many(ITEM, rows, by=by, at=at, facts=_writing)
    ItemKey.objects.bulk_create(
        ItemKey(item=row, option=item.key) for row, item in written if item.key
    )
    _keep_essays([(row, item) for row, item in written if item.essay])
    retire_superseded({row.case_id for row in rows}, by=by, at=at)
    return _result(cases, rows)


def _keep_essays(written: list[tuple[Item, WrittenItem]]) -> None:
    Essay.objects.bulk_create(
        Essay(
            item=row,
            guidance=item.essay.guidance,
            most_points=item.essay.most_points,
            longest=item.essay.longest,
        )
        for row, item in written
        if item.essay
    )
    MarkingGuide.objects.bulk_create(
        MarkingGuide(item=row, text=item.marking) for row, item in written
    )


def _writing(row: Item) -> Writing:
    return Writing(code=row.code, version=row.version, digest=row.digest)


def _result(cases: tuple[WrittenCase, ...], rows: list[Item]) -> ImportResult:
    total = sum(len(case.items) for case in cases)
    changed = sum(row.version > 1 for row in rows)
    return ImportResult(
        cases=len(cases),
        items=total,
        fresh=len(rows) - changed,
        changed=changed,
        unchanged=total - len(rows),
    )


def _known(cases: tuple[WrittenCase, ...]) -> _Known:
    codes = [case.code for case in cases]
    found = CaseSet.objects.filter(code__in=codes).order_by("version")
    wanted = [item.code for case in cases for item in case.items]
    rows = list(Item.objects.filter(code__in=wanted).order_by("version").select_related("case"))
    newest = {row.code: row for row in rows}
    keys = ItemKey.objects.filter(item_id__in=[row.pk for row in newest.values()])
    guides = MarkingGuide.objects.filter(
        item_id__in=[r.pk for r in newest.values() if not r.options]
    )
    live = Item.objects.filter(case__code__in=codes).exclude(state=ItemState.RETIRED)
    places: dict[str, dict[str, int]] = {code: {} for code in codes}
    for case_code, code, position in live.values_list("case__code", "code", "position"):
        places[case_code][code] = position
    return _Known(
        cases={case.code: case for case in found},
        items=newest,
        keys=dict(keys.values_list("item_id", "option")),
        guides=dict(guides.values_list("item_id", "text")),
        places=places,
    )


def _misplaced(
    cases: tuple[WrittenCase, ...], homes: Mapping[str, CaseSet], known: _Known
) -> Iterator[Problem]:
    """Give what would tear a case apart.

    An item that belongs to another case would stand in a form twice; a new vignette that comes
    without some of its items would leave them behind under the old one.
    """
    for case in cases:
        codes = {item.code for item in case.items}
        for item in case.items:
            if item.code in known.items and known.items[item.code].case.code != case.code:
                yield Problem(0, "item.in_other_case", item.code)
        if homes[case.code].pk is None:
            for code in sorted(known.places[case.code].keys() - codes):
                yield Problem(0, "case.item_left_behind", code)


def _home(case: WrittenCase, known: _Known, *, at: datetime, rng: random.Random) -> CaseSet:
    """Return the case that these items belong to: the known one, or a new version not saved yet."""
    text = digest.of({"code": case.code, "vignette": case.vignette})
    old = known.cases.get(case.code)
    if old is not None and old.digest == text:
        return old
    return CaseSet(
        ref=refs.new(rng),
        code=case.code,
        version=1 if old is None else old.version + 1,
        vignette=case.vignette,
        digest=text,
        written_at=at,
    )


def _written(case: WrittenCase, home: CaseSet, known: _Known) -> Iterator[tuple[WrittenItem, int]]:
    """Give what is new or changed of a case, each with its position: a known item keeps its own."""
    last = max(known.places[case.code].values(), default=0)
    for item in case.items:
        old = known.items.get(item.code)
        if old is None:
            last += 1
            yield item, last
        elif (
            old.case_id != home.pk
            or old.digest != _digest(item, home)
            or known.keys.get(old.pk, "") != item.key
            or known.guides.get(old.pk, "") != item.marking
        ):
            yield item, old.position


def _row(
    item: WrittenItem,
    home: CaseSet,
    position: int,
    known: _Known,
    *,
    writer_id: int,
    rng: random.Random,
) -> Item:
    old = known.items.get(item.code)
    return Item(
        ref=refs.new(rng),
        case=home,
        code=item.code,
        version=1 if old is None else old.version + 1,
        position=position,
        stem=item.stem,
        options=list(item.options),
        domain=item.domain.value,
        difficulty=item.difficulty.value,
        unit=item.unit,
        digest=_digest(item, home),
        writer_id=writer_id,
    )


def _digest(item: WrittenItem, home: CaseSet) -> str:
    """Return the digest of all a candidate reads and all a blueprint asks; not of the key or guide."""
    options = dict(zip(OPTION_CODES, item.options, strict=False))
    content = {
        "case": home.digest,
        "code": item.code,
        "stem": item.stem,
        "options": options,
        "domain": item.domain,
        "difficulty": item.difficulty,
        "unit": item.unit,
    }
    return digest.of(content | ({"essay": item.essay} if item.essay else {}))
