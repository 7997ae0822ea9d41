"""How does an application come into a story? By the room's own actions, in its own order."""

import io
import random
import struct
import zlib
from datetime import datetime

from django.utils import timezone
from PIL import Image

from kompeten.applications import actions, queries
from kompeten.applications.models import Application
from kompeten.applications.terms.statement import Statement
from kompeten.kernel.actors import SYSTEM, Actor
from kompeten.kernel.roles import Role
from kompeten.people import actions as people
from kompeten.people import queries as people_queries
from kompeten.people.models import Account
from kompeten.people.terms import CONSENT_VERSION, OrganizationKind, Purpose
from kompeten.schemes import actions as schemes
from kompeten.schemes import queries as scheme_queries
from kompeten.schemes.terms import Route, VersionRow
from tests.make import workbooks
from tests.make.people import account
from tests.make.times import MONDAY

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"xref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000052 00000 n \n"
    b"0000000101 00000 n \ntrailer<</Size 4/Root 1 0 R>>\nstartxref\n164\n%%EOF\n"
)
CONSENT = CONSENT_VERSION[Purpose.CERTIFICATION]
SCHEME = "welfare_worker_generalist"


def picture(kind: str = "JPEG", size: tuple[int, int] = (240, 320)) -> bytes:
    """Return a small real picture."""
    buffer = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(buffer, kind)
    return buffer.getvalue()


def wide_png(side: int) -> bytes:
    """Return a few bytes that claim to be a picture of `side` x `side` pixels."""
    parts = [(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)), (b"IDAT", b"")]
    chunks = [
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in [*parts, (b"IEND", b"")]
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def schemes_loaded(*, at: datetime = MONDAY) -> None:
    """Publish the packaged schemes, in force since 2020."""
    schemes.load_packaged(by=SYSTEM, at=at, rng=random.Random(1))


def version(code: str = SCHEME, *, at: datetime = MONDAY) -> VersionRow:
    """Return the packaged version of a scheme, published when it is not yet."""
    found = scheme_queries.current(code, on=timezone.localdate(at))
    if found is None:
        schemes_loaded(at=at)
        found = scheme_queries.current(code, on=timezone.localdate(at))
    assert found is not None
    return found


def draft(
    n: int = 1,
    *,
    by: Actor | None = None,
    route: Route = Route.DIRECT_ASSESSMENT,
    scheme: str = SCHEME,
    at: datetime = MONDAY,
) -> Application:
    """Return a draft of the n-th person; `by` is that person unless said otherwise."""
    owner = by or account(n, Role.APPLICANT, at=at)
    assert owner.person_id is not None
    return actions.open_application(
        owner.person_id,
        version=version(scheme, at=at),
        route=route,
        by=owner,
        at=at,
        rng=random.Random(1000 + n),
        statement=Statement(education="S1 non-Kesos", practice_hours=1500),
    )


def owner(application: Application) -> Actor:
    """Return the one who applies, as they act for themselves."""
    key = application.person_id
    return Actor(people_queries.accounts_of([key]).get(key), frozenset({Role.APPLICANT}), key)


def listed(*roles: Role, at: datetime = MONDAY) -> tuple[Actor, Application]:
    """Return a sponsor, who plays `roles` besides, and the draft of the one person on their list."""
    schemes_loaded(at=at)
    office = people.found_organization(
        "Balai Besar Regional II Bandung",
        kind=OrganizationKind.REGIONAL_CENTRE,
        on=timezone.localdate(at),
        rng=random.Random(3003),
    )
    row = Account.objects.get(pk=account(900, *roles, at=at).account_id)
    people.grant(row, Role.SPONSOR, at=at, organization=office)
    sponsor = people_queries.actor(row.pk, at=at)
    result = actions.receive_list(
        workbooks.small(),
        label="daftar.xlsx",
        organization_id=office.pk,
        by=sponsor,
        at=at,
        rng=random.Random(3005),
    )
    return sponsor, Application.objects.get(collective__ref=result.ref)


def with_documents(application: Application, *, by: Actor, at: datetime = MONDAY) -> Application:
    """Attach every document that the route requires."""
    kinds = queries.document_kinds(application)
    missing = queries.documents_asked(application).missing(queries.present_codes(application))
    uploads = {}
    for codes in missing:
        kind = kinds[codes[0]]
        is_pdf = "application/pdf" in kind.media_types
        uploads[kind.code] = ("berkas.pdf", PDF) if is_pdf else ("berkas.jpg", picture())
    actions.attach(application, uploads, by=by, at=at)
    return application


def consented(application: Application, *, at: datetime = MONDAY) -> Application:
    """Let the person agree that their data is used."""
    actions.consent(application, version=CONSENT, by=owner(application), at=at)
    return application


def submitted(n: int = 1, *, at: datetime = MONDAY, **more: object) -> tuple[Application, Actor]:
    """Return a submitted application of the n-th person, and the person."""
    owner = account(n, Role.APPLICANT, at=at)
    application = with_documents(draft(n, by=owner, at=at, **more), by=owner, at=at)  # type: ignore[arg-type]
    actions.submit(application, agreed=True, consent=CONSENT, by=owner, at=at)
    return application, owner


def accepted(n: int = 1, *, at: datetime = MONDAY, **more: object) -> tuple[Application, Actor]:
    """Return an accepted application of the n-th person, and the person."""
    application, owner = submitted(n, at=at, **more)
    actions.accept(application, by=Actor(9001, frozenset({Role.VERIFIER})), at=at)
    return application, owner
