"""What lies in the bank? Cases and items as item writers and reviewers see them."""

from collections import Counter

from django.db.models import QuerySet

from kompeten.itembank.adapters import workbook
from kompeten.itembank.models import CaseSet, Item, ItemKey, MarkingGuide
from kompeten.itembank.queries.papers import task
from kompeten.itembank.terms import (
    OPTION_CODES,
    CaseDetail,
    CaseRow,
    ItemDetail,
    ItemState,
    Stocked,
)
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.schemes.terms import Difficulty, Domain

SEES_BANK = frozenset({Role.ITEM_WRITER, Role.AUDITOR})
SEES_KEYS = frozenset({Role.ITEM_WRITER})
START = 160  # signs of a vignette that a list shows


def cases(actor: Actor) -> list[CaseRow]:
    """Return the newest version of each case, by code, with how its items stand. Two queries."""
    if not actor.may(SEES_BANK):
        return []
    newest = {case.code: case for case in CaseSet.objects.order_by("code", "version")}
    live = Item.objects.exclude(state=ItemState.RETIRED)
    states: dict[int, Counter[str]] = {}
    for case_id, state in live.values_list("case_id", "state"):
        states.setdefault(case_id, Counter())[state] += 1
    return [
        CaseRow(c.ref, c.code, c.version, c.vignette[:START], count.total(), dict(count))
        for c in newest.values()
        for count in (states.get(c.pk, Counter()),)
    ]


def case(ref: str, actor: Actor) -> CaseDetail | None:
    """Return one version of a case with its items; keys and guides only for item writers. At most four queries."""
    found = CaseSet.objects.filter(ref=ref).first() if actor.may(SEES_BANK) else None
    if found is None:
        return None
    held = _live(found).select_related("essay").order_by("position", "code", "version")
    items = list(held)
    sees = [item.pk for item in items] if actor.may(SEES_KEYS) else []
    keys = ItemKey.objects.in_bulk(sees)
    essays = [item.pk for item in items if item.pk in sees and not item.options]
    guides = MarkingGuide.objects.in_bulk(essays) if essays else {}
    details = tuple(
        _detail(
            i,
            keys[i.pk].option if i.pk in keys else "",
            guides[i.pk].text if i.pk in guides else "",
        )
        for i in items
    )
    return CaseDetail(found.ref, found.code, found.version, found.vignette, details)


def items_of(case_ref: str, actor: Actor) -> list[Item]:
    """Return the items of a case that are not retired, as records for the actions. One query."""
    if not actor.may(SEES_KEYS):
        return []
    found = Item.objects.filter(case__ref=case_ref).exclude(state=ItemState.RETIRED)
    return list(found.order_by("position", "code", "version"))


def items_in(state: ItemState, actor: Actor) -> list[Item]:
    """Return the items in a state, as records for the actions, oldest first. One query."""
    if not actor.may(SEES_KEYS):
        return []
    return list(Item.objects.filter(state=state).order_by("id"))


def to_review(actor: Actor) -> QuerySet[Item]:
    """Return the items in review that `actor` may review, having not written them, with their cases."""
    if not actor.may(SEES_KEYS):
        return Item.objects.none()
    waiting = Item.objects.filter(state=ItemState.IN_REVIEW).exclude(writer_id=actor.account)
    return waiting.select_related("case").order_by("id")


def stock(actor: Actor) -> dict[tuple[str, str], dict[str, int]]:
    """Return how many choice items stand in each state, by (domain, difficulty). One query."""
    if not actor.may(SEES_BANK):
        return {}
    counted: dict[tuple[str, str], Counter[str]] = {}
    choice = Item.objects.filter(essay__isnull=True)
    for domain, difficulty, state in choice.values_list("domain", "difficulty", "state"):
        counted.setdefault((domain, difficulty), Counter())[state] += 1
    return {cell: dict(states) for cell, states in counted.items()}


def essays(actor: Actor) -> dict[str, int]:
    """Return how many essays stand in each state. One query."""
    if not actor.may(SEES_BANK):
        return {}
    written = Item.objects.filter(essay__isnull=False)
    return dict(Counter(written.values_list("state", flat=True)))


def stocked(case_codes: list[str] | None = None) -> list[Stocked]:
    """Return every item that is not retired, for `rules.stock`; of some cases only if asked. One query."""
    rows = Item.objects.exclude(state=ItemState.RETIRED)
    if case_codes is not None:
        rows = rows.filter(case__code__in=case_codes)
    fields = rows.values_list(
        "id",
        "case__code",
        "case__version",
        "code",
        "version",
        "position",
        "state",
        "domain",
        "difficulty",
        "essay__most_points",
    )
    return [
        Stocked(
            item_id=key,
            case_code=case_code,
            case_version=case_version,
            code=code,
            version=version,
            position=position,
            state=ItemState(state),
            domain=Domain(domain),
            difficulty=Difficulty(difficulty),
            is_essay=most is not None,
        )
        for key, case_code, case_version, code, version, position, state, domain, difficulty, most in fields
    ]


def sheet_template() -> bytes:
    """Return the workbook that item writers fill in: headings, one example, lists of allowed words."""
    return workbook.template()


def _live(case: CaseSet) -> QuerySet[Item]:
    return case.items.exclude(state=ItemState.RETIRED)


def _detail(item: Item, key: str, marking: str) -> ItemDetail:
    return ItemDetail(
        ref=item.ref,
        code=item.code,
        version=item.version,
        state=item.state,
        stem=item.stem,
        options=tuple(zip(OPTION_CODES, item.options, strict=False)),
        key=key,
        domain=item.domain,
        difficulty=item.difficulty,
        unit=item.unit,
        writer_id=item.writer_id,
        note=item.review_note,
        essay=task(item),
        marking=marking,
    )
