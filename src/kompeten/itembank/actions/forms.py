"""How does a form come to be? Chosen by seed to the blueprint, and never changed afterwards."""

import random
from datetime import datetime

from django.db import transaction

from kompeten.foundation import ledger
from kompeten.itembank.chart import FORM
from kompeten.itembank.models import Form, FormItem, Item
from kompeten.itembank.queries.bank import stocked
from kompeten.itembank.queries.forms import case_uses
from kompeten.itembank.rules import assembly, stock
from kompeten.itembank.terms import Assembly
from kompeten.kernel import digest, refs
from kompeten.kernel.actors import Actor
from kompeten.kernel.canonical import plain
from kompeten.schemes.terms import Blueprint


def assemble(
    blueprint: Blueprint, *, seed: int, title: str, by: Actor, at: datetime, rng: random.Random
) -> Form:
    """Choose whole approved cases that meet the blueprint exactly, and keep them as a form.

    :raises FormImpossible: the bank has no such choice; says where it is short
    """
    with transaction.atomic():
        usable, uses = stock.usable(stocked()), case_uses()
        chosen = assembly.assemble(blueprint, usable, seed=seed, uses=uses)
        numbered = list(enumerate((item for case in chosen for item in case.items), start=1))
        texts = dict(
            Item.objects.filter(pk__in=[item.item_id for _, item in numbered]).values_list(
                "id", "digest"
            )
        )
        content = {"blueprint": blueprint, "items": [texts[i.item_id] for _, i in numbered]}
        form = Form(
            ref=refs.new(rng),
            title=title,
            blueprint=plain(blueprint),
            seed=seed,
            pool=digest.of({"cases": usable, "uses": uses}),
            digest=digest.of(content),
            created_at=at,
        )
        facts = Assembly(
            seed=seed,
            blueprint=blueprint,
            cases=len(chosen),
            items=len(numbered),
            digest=form.digest,
        )
        ledger.enter(FORM, form, by=by, at=at, facts=facts)
        FormItem.objects.bulk_create(
            FormItem(form=form, number=number, item_id=item.item_id) for number, item in numbered
        )
    return form
