"""Which documents does an application ask for, and which are there?"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.db.models import QuerySet

from kompeten.applications.adapters import portraits
from kompeten.applications.models import Application, Document, Recommendation
from kompeten.applications.rules.recommending import DOCUMENT, KIND
from kompeten.applications.terms.application import DocumentRow, Scan
from kompeten.applications.terms.recommending import RecommendationState
from kompeten.schemes import queries as schemes
from kompeten.schemes.terms import DocumentKind, DocumentRules, Recommender, Route


def documents_asked(application: Application) -> DocumentRules:
    """Return which documents the application's own scheme version asks for on its route."""
    content = schemes.content(application.scheme_version_id)
    return content.routes[Route(application.route)].documents


def document_kinds(application: Application) -> dict[str, DocumentKind]:
    """Return how the scheme describes each document that may be put in, by code."""
    content = schemes.content(application.scheme_version_id)
    asked = set(documents_asked(application).codes)
    return {kind.code: kind for kind in content.documents if kind.code in asked}


def present_codes(application: Application) -> frozenset[str]:
    """Return the codes of the requirements that something is there for. Two queries.

    Documents put in, without those in quarantine, and recommendations that were signed.
    """
    rows = _present(application.documents.all())
    there = frozenset(rows.values_list("code", flat=True))
    return there | _signed_of([application.pk]).get(application.pk, {}).keys()


def files(application_ids: Iterable[int]) -> dict[int, dict[str, str]]:
    """Return the digests of what is there for each requirement, by application. Two queries per 500.

    Of documents the SHA-256 of the file, of a recommendation that was signed the digest of the record,
    which has that of its scan in it; where a file was put in after it was signed, the newer one. What is
    in quarantine is as if it were not there.
    """
    keys = list(application_ids)
    found: dict[int, dict[str, str]] = {}
    for start in range(0, len(keys), 500):
        part = keys[start : start + 500]
        rows = _present(Document.objects.filter(application_id__in=part)).order_by("id")
        came: dict[tuple[int, str], datetime] = {}
        for key, code, sha256, at in rows.values_list(
            "application_id", "code", "sha256", "attached_at"
        ):
            found.setdefault(key, {})[code] = sha256
            came[key, code] = at
        for key, signed in _signed_of(part).items():
            for code, (digest, at) in signed.items():
                if at >= came.get((key, code), at):
                    found.setdefault(key, {})[code] = digest
    return found


def photos(application_ids: Iterable[int]) -> dict[int, str]:
    """Return the digest of the photo of each person that stands, by application. One query per 500."""
    keys = list(application_ids)
    found: dict[int, str] = {}
    for start in range(0, len(keys), 500):
        rows = Document.objects.filter(
            application_id__in=keys[start : start + 500], code=portraits.DOCUMENT
        )
        found |= dict(_present(rows).order_by("id").values_list("application_id", "sha256"))
    return found


def documents(application: Application, *, language: str = "id") -> list[DocumentRow]:
    """Return each document asked for, with the file put in, in the scheme's order.

    Of a file in quarantine the row says so, and has nothing that could be opened. One query, another
    where the route takes recommendations: what was signed stands beside its scan.
    """
    held = {d.code: d for d in application.documents.filter(replaced_at__isnull=True)}
    rules, kinds = documents_asked(application), document_kinds(application)
    takes_signed = not KIND.keys().isdisjoint(rules.codes)
    signed = _signed_of([application.pk] if takes_signed else []).get(application.pk, {})
    found = []
    for code in rules.codes:
        kind, file = kinds[code], held.get(code)
        row = DocumentRow(
            code=code,
            title=kind.title.of(language),
            help=kind.help.of(language),
            required=code not in rules.optional,
            signed=signed[code][0] if code in signed else "",
        )
        if file is not None and file.scan == Scan.INFECTED:
            row = replace(row, scan=Scan.INFECTED)
        found.append(row if file is None or row.scan == Scan.INFECTED else _with_file(row, file))
    return found


def document(application: Application, code: str) -> Document | None:
    """Return the present document for a requirement, unless it is in quarantine. One query."""
    return _present(application.documents.filter(code=code)).first()


def _present(documents: QuerySet[Document]) -> QuerySet[Document]:
    return documents.filter(replaced_at__isnull=True).exclude(scan=Scan.INFECTED.value)


def _with_file(row: DocumentRow, file: Document) -> DocumentRow:
    return replace(
        row,
        sha256=file.sha256,
        label=file.label,
        size=file.size,
        media_type=file.media_type,
        pages=file.pages,
        scan=Scan(file.scan),
    )


def _signed_of(application_ids: list[int]) -> dict[int, dict[str, tuple[str, datetime]]]:
    """Return digest and instant of the newest recommendation given, by application and requirement.

    One query, none for no keys.
    """
    rows = Recommendation.objects.filter(
        application_id__in=application_ids, state=RecommendationState.GIVEN.value
    ).order_by("settled_at", "id")
    found: dict[int, dict[str, tuple[str, datetime]]] = {}
    for row in rows.only("application_id", "kind", "digest", "settled_at"):
        assert row.settled_at is not None, "what was given has its instant"
        code = DOCUMENT[Recommender(row.kind)]
        found.setdefault(row.application_id, {})[code] = row.digest, row.settled_at
    return found
