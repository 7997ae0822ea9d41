"""Which documents does an application ask for, and which are there?"""

from collections.abc import Iterable
from dataclasses import replace

from django.db.models import QuerySet

from kompeten.applications.models import Application, Document
from kompeten.applications.terms.application import DocumentRow, Scan
from kompeten.schemes import queries as schemes
from kompeten.schemes.terms import DocumentKind, DocumentRules, Route


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
    """Return the codes of the documents put in, without those in quarantine. One query."""
    rows = _present(application.documents.all())
    return frozenset(rows.values_list("code", flat=True))


def files(application_ids: Iterable[int]) -> dict[int, dict[str, str]]:
    """Return the digests of the present documents by code, by application. One query per 500.

    What is in quarantine is as if it were not there.
    """
    keys = list(application_ids)
    found: dict[int, dict[str, str]] = {}
    for start in range(0, len(keys), 500):
        part = Document.objects.filter(application_id__in=keys[start : start + 500])
        rows = _present(part).order_by("id")
        for key, code, sha256 in rows.values_list("application_id", "code", "sha256"):
            found.setdefault(key, {})[code] = sha256
    return found


def documents(application: Application, *, language: str = "id") -> list[DocumentRow]:
    """Return each document asked for, with the file put in, in the scheme's order. One query.

    Of a file in quarantine the row says so, and has nothing that could be opened.
    """
    held = {d.code: d for d in application.documents.filter(replaced_at__isnull=True)}
    rules, kinds = documents_asked(application), document_kinds(application)
    found = []
    for code in rules.codes:
        kind, file = kinds[code], held.get(code)
        row = DocumentRow(
            code=code,
            title=kind.title.of(language),
            help=kind.help.of(language),
            required=code not in rules.optional,
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
    return DocumentRow(
        row.code,
        row.title,
        row.help,
        row.required,
        sha256=file.sha256,
        label=file.label,
        size=file.size,
        media_type=file.media_type,
        pages=file.pages,
        scan=Scan(file.scan),
    )
