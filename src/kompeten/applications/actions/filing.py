"""How does an application come to be, grow and leave the applicant's hands?"""

import random
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from kompeten.applications import queries
from kompeten.applications.actions import scanning
from kompeten.applications.actions.codes import keep_status_codes
from kompeten.applications.adapters import portraits, uploads
from kompeten.applications.chart import APPLICATION
from kompeten.applications.models import Application, Document
from kompeten.applications.rules import filers
from kompeten.applications.terms.application import (
    Attachment,
    Opening,
    Revision,
    Scan,
    Step,
    Submission,
    UploadRefused,
)
from kompeten.applications.terms.statement import Statement
from kompeten.foundation import files, ledger
from kompeten.foundation.ledger import StepRefused
from kompeten.foundation.models import Event
from kompeten.kernel import refs
from kompeten.kernel.actors import Actor
from kompeten.kernel.canonical import plain
from kompeten.people import actions as people
from kompeten.people import queries as people_queries
from kompeten.people.terms import ConsentWay, Purpose
from kompeten.schemes.terms import Pinned, Route, VersionRow

Upload = tuple[str, bytes]  # the name a user gave the file, and its content


def open_application(
    person_id: int,
    *,
    version: Pinned | VersionRow,
    route: Route,
    by: Actor,
    at: datetime,
    rng: random.Random,
    program: str = "",
    statement: Statement | None = None,
    born_on: date | None = None,
) -> Application:
    """Open a draft for the person under a published scheme version, which stays pinned.

    `born_on` is kept with the person where no date of birth is known yet.

    :raises StepRefused: `role.not_held`: whoever applies alone applies for themselves
    :raises IntegrityError: an application of this person for this scheme is open already
    """
    if by.person_id != person_id:
        raise StepRefused("role.not_held", step="open")
    application = Application(
        ref=refs.new(rng),
        person_id=person_id,
        scheme_version_id=version.id,
        scheme_code=version.scheme_code,
        route=route.value,
        program=program,
        filed_by_id=by.account,
        statement=plain(statement or Statement()),
        created_at=at,
    )
    facts = Opening(scheme=version.scheme_code, version=version.number, route=route.value)
    with transaction.atomic():
        ledger.enter(APPLICATION, application, by=by, at=at, facts=facts)
        if born_on is not None:
            people.state_birth(person_id, birth_on=born_on)
    return application


def introduce(
    application: Application,
    *,
    by: Actor,
    at: datetime,
    rng: random.Random,
    nik: str = "",
    claims: bool = False,
    **said: Any,
) -> Event:
    """Keep what the applicant says of themselves on the first step of the form.

    A NIK that was stated before may be corrected until another application was handed in under it;
    that leaves an event of its own, without the NIK. With `claims`, a NIK that somebody else holds
    becomes a dispute for the office, and everything else is kept.

    :raises StepRefused: `nik.length`, `nik.taken`, `nik.bound`, `claim.exists`; the application is
        no longer open to changes; `role.not_held`: an office says nothing of people in their name;
        `help.mail`: where news goes does not change at a helper's device
    """
    if by.person_id != application.person_id:
        raise StepRefused("role.not_held", step="introduce")
    if by.helped_by is not None and said.get("email", (mail := application.person.email)) != mail:
        raise StepRefused("help.mail", step="introduce")
    if nik and application.person.nik_index is not None and queries.binds_nik(application):
        raise StepRefused("nik.bound", step="introduce")
    with transaction.atomic():
        if claims and nik and people_queries.person_by_nik(nik) not in {None, by.person_id}:
            people.claim_nik(application.person_id, nik, by=by, at=at, rng=rng)
            nik = ""
        if people.introduce(application.person_id, nik=nik, **said):
            ledger.take(APPLICATION, "renumber", application, by=by, at=at)
        facts = Revision(step=Step.IDENTITY.value)
        return ledger.take(APPLICATION, "revise", application, by=by, at=at, facts=facts)


def revise(
    application: Application,
    *,
    step: Step,
    by: Actor,
    at: datetime,
    statement: Statement | None = None,
    **columns: Any,
) -> Event:
    """Keep what one step of the form says: the `statement`, or `route`, `program`.

    :raises StepRefused: `role.not_held`: `by` is neither the person nor their office
    """
    _permit(application, "revise", by=by)
    also = dict(columns) | ({"statement": plain(statement)} if statement else {})
    facts = Revision(step=step.value)
    return ledger.take(APPLICATION, "revise", application, by=by, at=at, facts=facts, also=also)


def attach(
    application: Application, uploaded: Mapping[str, Upload], *, by: Actor, at: datetime
) -> Event:
    """Put in documents by requirement code; one that was there is replaced and stays on record.

    What is stored is not what came but what may be kept of it; pages look the same. A file in which a
    scanner finds malicious software is set aside; one that nobody could scan says so of itself.

    :raises UploadRefused: a file is not what its requirement asks, or is set aside; then none counts
    :raises StepRefused: `role.not_held`: `by` is neither the person nor their office
    """
    _permit(application, "attach", by=by)
    if application.state not in APPLICATION.of("attach").source:
        # Asked before `take` asks: nothing is opened, scanned or set aside for what takes nothing.
        raise StepRefused("step.not_open", step="attach")
    kinds = queries.document_kinds(application)
    media = {c: uploads.inspect(sent, kind=kinds[c]) for c, (_, sent) in uploaded.items()}
    told = scanning.scan_all({code: sent for code, (_, sent) in uploaded.items()})
    infected = {c: (*uploaded[c], media[c]) for c, says in told.items() if says.found}
    if infected:
        scanning.set_aside(application, infected, told, by=by, at=at)
        raise UploadRefused("document.infected")
    rows = [
        document_of(
            application,
            code,
            name,
            uploads.cleaned(sent, media_type=media[code], kind=kinds[code]),
            is_scanned=code in told,
            at=at,
        )
        for code, (name, sent) in uploaded.items()
    ]
    return put_in(application, rows, by=by, at=at)


def put_in(application: Application, rows: Sequence[Document], *, by: Actor, at: datetime) -> Event:
    """Write documents whose files are stored, in place of those that were there.

    Whether `by` may was asked before.
    """
    facts = Attachment(documents={row.code: row.sha256 for row in rows})
    with transaction.atomic():
        event = ledger.take(APPLICATION, "attach", application, by=by, at=at, facts=facts)
        present = application.documents.filter(replaced_at__isnull=True)
        present.filter(code__in=[row.code for row in rows]).update(replaced_at=at)
        Document.objects.bulk_create(rows)
    return event


def consent(
    application: Application,
    *,
    version: str,
    by: Actor,
    at: datetime,
    way: ConsentWay = ConsentWay.ACCOUNT,
) -> None:
    """Record that the person whose application this is agreed to the text of this version.

    :raises StepRefused: `role.not_held`: `by` is somebody else; `consent.outdated`
    """
    people.consent(
        application.person_id,
        purpose=Purpose.CERTIFICATION,
        version=version,
        about=application.ref,
        way=way,
        by=by,
        at=at,
    )


def submit(
    application: Application,
    *,
    agreed: bool,
    by: Actor,
    at: datetime,
    consent: str = "",
    way: ConsentWay = ConsentWay.ACCOUNT,
) -> Event:
    """Hand the application in for the eligibility review.

    `consent` is the version of the text to which the person agrees by handing in themselves, `way`
    how they showed that it is they. Who was put on a list has agreed before, by link; no office
    agrees for them.

    :raises StepRefused: `documents.missing`, `statement.not_agreed`, `consent.missing`,
        `consent.outdated`, `consent.helped`; `role.not_held`: `by` is neither the person nor their
        office
    """
    _permit(application, "submit", by=by)
    held = queries.present_codes(application)
    missing = queries.documents_asked(application).missing(held)
    with transaction.atomic():
        facts = Submission(
            documents=tuple(sorted(held)),
            missing=tuple("|".join(codes) for codes in missing),
            agreed=agreed,
            consent=_agreed_to(application, consent, way=way, by=by, at=at),
        )
        keep_status_codes([application.ref], at=at)
        also = {"submitted_at": at, "correct_by_on": None}
        return ledger.take(APPLICATION, "submit", application, by=by, at=at, facts=facts, also=also)


def withdraw(application: Application, *, by: Actor, at: datetime) -> Event:
    """Take the application back before it is accepted.

    :raises StepRefused: `role.not_held`: `by` is neither the person nor their office
    """
    _permit(application, "withdraw", by=by)
    return ledger.take(APPLICATION, "withdraw", application, by=by, at=at)


def _agreed_to(
    application: Application, version: str, *, way: ConsentWay, by: Actor, at: datetime
) -> str:
    """Return the version of the text that the person agreed to, now or before; empty: to none."""
    if version and by.person_id == application.person_id:
        consent(application, version=version, way=way, by=by, at=at)
        return version
    given = people_queries.consent_about(application.ref, Purpose.CERTIFICATION)
    return given.version if given else ""


def document_of(
    application: Application,
    code: str,
    name: str,
    kept: uploads.Kept,
    *,
    is_scanned: bool,
    at: datetime,
) -> Document:
    """Store what is kept of an upload; return its row, not written yet."""
    ref = files.put(kept.content, media_type=kept.media_type)
    if code == portraits.DOCUMENT:
        portraits.keep(ref.sha256, kept.content)
    return Document(
        application=application,
        code=code,
        sha256=ref.sha256,
        size=ref.size,
        media_type=ref.media_type,
        label=uploads.label(name, media_type=ref.media_type),
        attached_at=at,
        sent_sha256=kept.sent_sha256,
        pages=kept.pages,
        scan=(Scan.CLEAN if is_scanned else Scan.NOT_SCANNED).value,
        scanned_at=at if is_scanned else None,
    )


def _permit(application: Application, verb: str, *, by: Actor) -> None:
    """Let the person and the office that listed them file; a role alone ties nobody to a stranger."""
    office = application.organization_id
    if not filers.files_for(by, person_id=application.person_id, organization_id=office):
        raise StepRefused("role.not_held", step=verb)
