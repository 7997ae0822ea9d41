"""How does the demonstration bank come in? Written by one account, approved by another, like any item."""

import random
from datetime import datetime
from importlib.resources import files

from kompeten.itembank.actions.importing import import_gift
from kompeten.itembank.actions.reviewing import approve, submit
from kompeten.itembank.models import Item
from kompeten.itembank.queries import items_in
from kompeten.itembank.terms import ImportResult, ItemState
from kompeten.kernel.actors import Actor


def load_packaged(
    *, writer: Actor, reviewer: Actor, at: datetime, rng: random.Random
) -> ImportResult:
    """Take in the packaged cases as `writer` and let `reviewer` approve what is new; again: nothing.

    :raises StepRefused: writer and reviewer are the same account, or no item writers
    """
    folder = files("kompeten.itembank") / "data" / "demo"
    found = [
        import_gift(file.read_bytes(), by=writer, at=at, rng=rng)
        for file in sorted(folder.iterdir(), key=lambda file: file.name)
        if file.name.endswith(".gift")
    ]
    submit(_written(writer, ItemState.DRAFT), by=writer, at=at)
    approve(_written(writer, ItemState.IN_REVIEW), by=reviewer, at=at)
    return ImportResult(
        cases=sum(result.cases for result in found),
        items=sum(result.items for result in found),
        fresh=sum(result.fresh for result in found),
        changed=sum(result.changed for result in found),
        unchanged=sum(result.unchanged for result in found),
    )


def _written(writer: Actor, state: ItemState) -> list[Item]:
    return [item for item in items_in(state, writer) if item.writer_id == writer.account_id]
