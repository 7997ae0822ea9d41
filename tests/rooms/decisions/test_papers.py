"""Do decree and minutes say on paper what was decided, the same way each time, and stay as they were?"""

import io
from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, transaction
from pyhanko.pdf_utils.reader import PdfFileReader

from kompeten.decisions import actions, queries
from kompeten.decisions.adapters import papers
from kompeten.decisions.models import Decree
from kompeten.decisions.terms import PaperKind
from kompeten.foundation import files, ledger
from kompeten.foundation.ledger import StepRefused
from kompeten.kernel import lettering
from kompeten.kernel.roles import Role
from tests.make.decisions import DECIDED_AT, decided
from tests.make.people import account

pytestmark = pytest.mark.django_db
AT = DECIDED_AT


def signed(n: int = 1, *, mark: int = 4) -> Decree:
    """Return a signed decree on one person."""
    return decided(n, mark=mark).meeting.decree


def decree_of(**changes: object) -> papers.Paper:
    """Return the facts of a decree, changed."""
    facts = papers.Paper(
        number="45/LSP KESOS/SK/XI/2026",
        body="LSP Kesejahteraan Sosial",
        subject="Hasil Uji Kompetensi",
        place="Jakarta",
        signed="18 November 2026",
        meeting="Rapat Pleno tanggal 17 November 2026",
        basis=("Undang-Undang Nomor 14 Tahun 2019 tentang Pekerja Sosial",),
        signatory="Drs. Wayan Suteja, M.Si.",
        post="Direktur",
        granted=(papers.Named("Ani Rahayu", "AB12CD34EF", "Pekerja Sosial", "Wawancara: K"),),
        deferred=(),
        draft=False,
        demonstration=False,
    )
    return replace(facts, **changes)  # type: ignore[arg-type]


def root_of(pdf: bytes) -> PdfFileReader:
    """Return a PDF as a foreign library reads it, strictly."""
    return PdfFileReader(io.BytesIO(pdf), strict=True)


def test_the_same_facts_give_the_same_bytes_and_other_facts_others() -> None:
    facts = decree_of()

    assert papers.decree(facts, at=AT) == papers.decree(facts, at=AT)
    assert papers.decree(facts, at=AT) != papers.decree(replace(facts, granted=()), at=AT)


def test_the_papers_are_archival_and_tagged() -> None:
    decree = signed()

    for pdf in (queries.paper(decree) or b"", queries.minutes_paper(decree)):
        root = root_of(pdf).root
        assert root["/MarkInfo"]["/Marked"]
        assert root["/Lang"] == "id"
        said = root["/Metadata"].data.decode()
        assert "<pdfaid:part>3</pdfaid:part>" in said
        assert "<pdfuaid:part>1</pdfuaid:part>" in said


def test_signed_the_decree_and_its_minutes_are_kept_by_digest_and_told_in_the_ledger() -> None:
    decree = signed()

    facts = ledger.history("decree", decree.pk)[-1].facts
    assert facts["digest"] == f"sha256:{decree.sha256}"
    assert facts["minutes"] == f"sha256:{decree.minutes_sha256}"
    assert files.read(decree.minutes_sha256) == queries.minutes_paper(decree)


def test_what_is_kept_is_what_the_record_gives_again() -> None:
    decree = signed()
    kept = queries.minutes_paper(decree)

    decree.minutes_sha256 = ""  # as for a decree from before minutes were kept as papers

    assert queries.minutes_paper(decree) == kept


def test_a_signed_decree_takes_no_other_paper() -> None:
    decree = signed()

    for column in ("sha256", "minutes_sha256", "number"):
        with pytest.raises(DatabaseError), transaction.atomic():
            Decree.objects.filter(pk=decree.pk).update(**{column: "0" * 64})


def test_the_decree_lists_k_and_bk_apart_and_cites_the_laws_of_its_schemes() -> None:
    decree = decided(1, beside={2: 2, 3: 4}).meeting.decree

    facts = queries.decree_facts(decree, place="Jakarta", on=date(2026, 3, 12), signatory="X")

    assert (len(facts.granted), len(facts.deferred)) == (2, 1)
    assert facts.deferred[0].components == "Portofolio: K, Wawancara: BK"
    assert facts.basis[0].startswith("Undang-Undang Nomor 11 Tahun 2009 tentang")
    assert facts.basis[-1].startswith("SNI ISO/IEC 17024:2012")


def test_the_minutes_name_who_sat_what_was_said_and_each_verdict() -> None:
    decree = signed(1, mark=2)

    facts = queries.minutes_facts(decree)

    assert facts.day == "Kamis, 12 Maret 2026"
    assert facts.clock.endswith("WIB")
    assert len((facts.chair, *facts.members)) == 3
    assert facts.minutes == ("Rapat pleno.",)
    assert [(c.recommended, c.decided) for c in facts.cases] == [("BK", "BK")]
    assert (facts.granted, facts.deferred, facts.departures) == (0, 1, ())


def test_minutes_with_a_sign_that_no_paper_shows_are_printed_all_the_same() -> None:
    facts = queries.minutes_facts(signed())
    said = lettering.shown("Disepakati 👍\nRapat ditutup").splitlines()

    assert papers.minutes(replace(facts, minutes=tuple(said)), at=AT).startswith(b"%PDF")
    assert said == ["Disepakati ?", "Rapat ditutup"]


def test_a_draft_can_be_read_before_it_is_signed_and_is_another_paper() -> None:
    decree = signed()

    draft = queries.decree_draft(decree)

    assert draft.startswith(b"%PDF")
    assert draft != queries.paper(decree)


def test_a_list_that_leaves_the_house_is_told_by_whom_and_on_how_many() -> None:
    decree = signed()
    registrar = account(4050, Role.REGISTRAR, at=AT)

    actions.release(decree, kind=PaperKind.BNSP, rows=12, digest="sha256:00", by=registrar, at=AT)

    event = ledger.history("decree", decree.pk)[-1]
    assert (event.type, event.actor_id) == ("decree.released", registrar.account_id)
    assert event.facts == {"kind": "bnsp", "rows": 12, "digest": "sha256:00"}


def test_nobody_else_gives_a_list_out() -> None:
    decree = signed()
    coordinator = account(4051, Role.COORDINATOR, at=AT)

    with pytest.raises(StepRefused) as refusal:
        actions.release(
            decree, kind=PaperKind.LABELS, rows=1, digest="sha256:00", by=coordinator, at=AT
        )

    assert refusal.value.reasons == ("role.not_held",)
