"""Which forms are there, how are they made up, and how often was each item used?"""

from collections import Counter
from typing import Any

from django.db.models import Count

from kompeten.itembank.models import Form, FormItem
from kompeten.itembank.queries.papers import paper
from kompeten.itembank.terms import FormDetail, FormRow, PinnedForm
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.schemes.terms import Blueprint, Difficulty, Domain

SEES_FORMS = frozenset({Role.ITEM_WRITER, Role.COORDINATOR, Role.AUDITOR})
READS_FORMS = frozenset({Role.ITEM_WRITER})


def forms(actor: Actor) -> list[FormRow]:
    """Return all forms, newest first. One query."""
    if not actor.may(SEES_FORMS):
        return []
    counted = Form.objects.annotate(
        items=Count("places"), cases=Count("places__item__case", distinct=True)
    )
    return [_row(form) for form in counted.order_by("-id")]


def form(ref: str, actor: Actor) -> FormDetail | None:
    """Return a form with its make-up; its texts only for item writers. At most four queries."""
    row = next((row for row in forms(actor) if row.ref == ref), None)
    if row is None:
        return None
    record = Form.objects.get(pk=row.id)
    choice = FormItem.objects.filter(form=record, item__essay__isnull=True)
    cells = choice.values_list("item__domain", "item__difficulty")
    texts = paper(record.digest) if actor.may(READS_FORMS) else ()
    return FormDetail(row, blueprint_of(record.blueprint), dict(Counter(cells)), texts)


def pinned(ref: str) -> PinnedForm | None:
    """Return the form called `ref` as the exam room pins it, or None. One query."""
    found = Form.objects.filter(ref=ref).first()
    if found is None:
        return None
    blueprint = blueprint_of(found.blueprint)
    return PinnedForm(found.pk, found.ref, found.title, found.digest, blueprint)


def exposure() -> dict[tuple[str, int], int]:
    """Return in how many forms each version of an item stands, by (code, version). One query."""
    used = FormItem.objects.values_list("item__code", "item__version").annotate(n=Count("id"))
    return {(code, version): n for code, version, n in used}


def case_uses() -> dict[str, int]:
    """Return in how many forms each case stands, by code. One query."""
    used = FormItem.objects.values_list("item__case__code")
    return dict(used.annotate(n=Count("form", distinct=True)))


def blueprint_of(plain: dict[str, Any]) -> Blueprint:
    """Return the blueprint that a form keeps as JSON."""
    return Blueprint(
        items=plain["items"],
        domains={Domain(name): share for name, share in plain["domains"].items()},
        difficulties={Difficulty(name): share for name, share in plain["difficulties"].items()},
        essays=plain.get("essays", 0),
    )


def _row(form: Any) -> FormRow:
    return FormRow(
        id=form.pk,
        ref=form.ref,
        title=form.title,
        items=form.items,
        cases=form.cases,
        seed=form.seed,
        digest=form.digest,
        created_at=form.created_at,
    )
