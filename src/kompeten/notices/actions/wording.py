"""How does the body word what its offices write to people?"""

from datetime import datetime

from django.db import IntegrityError, transaction

from kompeten.foundation.ledger import StaleRecord, StepRefused
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.notices import queries, rules
from kompeten.notices.models import MessageText
from kompeten.notices.terms import MessageKind

WRITERS = frozenset({Role.COORDINATOR})


def word_message(kind: MessageKind, language: str, text: str, *, by: Actor, at: datetime) -> None:
    """Put a text in force for a message in one language; earlier versions stay on record.

    :raises StepRefused: `role.not_held`; `message.*`: the text is not fit to be sent
    :raises StaleRecord: somebody else worded it at this moment
    """
    if not by.may(WRITERS):
        raise StepRefused("role.not_held", step="word")
    clean = text.replace("\r\n", "\n").strip()
    held = queries.wording(kind, language)
    flaws = rules.flaws(clean, kind) or (("message.same",) if clean == held.text else ())
    if flaws:
        raise StepRefused(*flaws, step="word")
    row = MessageText(
        kind=kind.value,
        language=language,
        version=held.version + 1,
        text=clean,
        written_at=at,
        account_id=by.account,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise StaleRecord(f"message {kind} was worded at this moment") from error
