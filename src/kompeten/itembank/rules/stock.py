"""Which cases may come into a form, given every version of every item in the bank?"""

from collections.abc import Iterable

from kompeten.itembank.terms import ItemState, Stocked, UsableCase


def usable(stock: Iterable[Stocked]) -> tuple[UsableCase, ...]:
    """Return the cases of which every item is approved, by code.

    A case is used whole or not at all: while one of its items waits for review, the case waits.
    Of several versions of an item the newest approved one counts, and of several versions of a
    case the newest one that is whole; so the old version serves until the new one is approved.
    """
    versions: dict[tuple[str, int], list[Stocked]] = {}
    for item in stock:
        if item.state is not ItemState.RETIRED:
            versions.setdefault((item.case_code, item.case_version), []).append(item)
    newest: dict[str, UsableCase] = {}
    for (code, _), items in sorted(versions.items()):
        if whole := _whole(items):
            newest[code] = UsableCase(code, whole)
    return tuple(newest[code] for code in sorted(newest))


def _whole(items: list[Stocked]) -> tuple[Stocked, ...]:
    """Return the newest approved version of each item in order; nothing if one has none."""
    approved: dict[str, Stocked] = {}
    for item in sorted(items, key=lambda item: item.version):
        if item.state is ItemState.APPROVED:
            approved[item.code] = item
    if len(approved) < len({item.code for item in items}):
        return ()
    return tuple(sorted(approved.values(), key=lambda item: (item.position, item.code)))


def superseded(stock: Iterable[Stocked]) -> tuple[int, ...]:
    """Return the keys of items that a newer one has replaced: they may be retired.

    Within a case an older version goes when a newer one is approved; an older version of the case
    goes, all of it, when a newer one is whole. Drafts go as soon as something newer is written.
    """
    live = [item for item in stock if item.state is not ItemState.RETIRED]
    whole = {c.code: c.items[0].case_version for c in usable(live)}
    newest_case = _highest((item.case_code, item.case_version) for item in live)
    newest = _highest((item.code, item.version) for item in live)
    approved = _highest(
        (item.code, item.version) for item in live if item.state is ItemState.APPROVED
    )
    return tuple(
        item.item_id
        for item in live
        if item.case_version < whole.get(item.case_code, 0)
        or (item.version < approved.get(item.code, 0) and _stands(item, newest_case))
        or (item.state is not ItemState.APPROVED and item.version < newest[item.code])
    )


def _highest(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for code, version in pairs:
        found[code] = max(version, found.get(code, 0))
    return found


def _stands(item: Stocked, newest_case: dict[str, int]) -> bool:
    return item.case_version == newest_case[item.case_code]
