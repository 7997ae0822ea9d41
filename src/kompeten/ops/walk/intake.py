"""How do lists come in, documents arrive, and files get reviewed?"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.utils import timezone

from kompeten.applications import actions, queries
from kompeten.applications.terms.application import ImportResult, State, Step
from kompeten.kernel.actors import Actor
from kompeten.kernel.roles import Role
from kompeten.ops.walk import papers, recommenders
from kompeten.ops.walk.stage import Stage, portions
from kompeten.people import actions as people
from kompeten.people.terms import CONSENT_VERSION, ConsentWay, Purpose
from kompeten.schemes.terms import Eligibility, Route, Verdict
from kompeten.verification import actions as verification
from kompeten.verification import queries as reviews
from kompeten.verification.terms import Fault, Finding, Ground, Judgement, Remark, Topic

if TYPE_CHECKING:
    from kompeten.applications.models import Application
    from kompeten.verification.models import Review

MENDED_PER_1000 = 80  # files with one document that has to be handed in again
GROUNDS = {
    "education": Ground.EDUCATION,
    "age": Ground.AGE,
    "practice": Ground.PRACTICE,
    "training": Ground.TRAINING,
    "recommendation": Ground.RECOMMENDATION,
}


def receive(stage: Stage, content: bytes, *, label: str, sponsor: Actor) -> ImportResult:
    """Let a sponsor hand in a list; the people on it get accounts they can enter by link."""
    with stage.room("applications", whole=False):
        result = actions.receive_list(
            content,
            label=label,
            organization_id=min(sponsor.organization_ids),
            by=sponsor,
            at=stage.at,
            rng=stage.rng,
        )
        persons = queries.persons_of_collective(result.ref)
        people.invite_many(persons, at=stage.at, rng=stage.rng)
    return result


def hand_in(stage: Stage, drafts: "Sequence[Application]", *, by: Actor) -> None:
    """Attach every required document to each draft and submit it: by the office, or by who applies alone."""
    for portion in portions(drafts, 100):
        with stage.room("applications"):
            filers = _filers(stage, portion, by=by)
            recommenders.recommend(stage, _of_office(portion, by=by), by=by)
            for draft in portion:
                filer = filers[draft.person_id]
                _attach(stage, draft, by=filer)
                _consent(stage, draft)
                actions.submit(draft, agreed=True, by=filer, at=stage.at)


def review(stage: Stage) -> None:
    """Review everything that waits; verifiers take turns, so that each looks at what another has held."""
    while queries.submitted().exists():
        verifier = stage.cast.one(Role.VERIFIER, stage.counts["review batches"])
        stage.counts["review batches"] += 1
        waiting = list(reviews.inbox(by=verifier).select_related("person")[:100])
        with stage.room("verification"):
            _review(stage, waiting, by=verifier)


def send_back(stage: Stage, application: "Application") -> None:
    """Return one application, so that the applicant finds what to mend: a document and a statement."""
    asked = Remark(
        Topic.PRACTICE,
        Fault.INCOMPLETE,
        "Tuliskan jam praktik seperti yang tertera pada surat keterangan dari instansi Anda.",
    )
    with stage.room("verification"):
        for turn in range(2):  # the other verifier, where chance wants a second look
            if application.state != State.SUBMITTED:
                break
            verifier = stage.cast.one(Role.VERIFIER, turn)
            claim = verification.claim(application, by=verifier, at=stage.at, rng=stage.aside)
            _find(stage, claim, wanting=True, by=verifier)
            verification.return_for_correction(claim, remarks=[asked], by=verifier, at=stage.at)
            application.refresh_from_db()


def mend_returned(stage: Stage, *, by: Actor) -> int:
    """Mend what was found wanting in every returned file and hand it in again; return how many."""
    returned = list(queries.in_state(State.RETURNED))
    for portion in portions(returned, 100):
        with stage.room("applications"):
            filers = _filers(stage, portion, by=by)
            for application in portion:
                filer = filers[application.person_id]
                _choose_open_route(stage, application, by=filer)
                _attach(stage, application, by=filer)
                actions.submit(application, agreed=True, by=filer, at=stage.at)
    return len(returned)


def _filers(stage: Stage, applications: "Sequence[Application]", *, by: Actor) -> dict[int, Actor]:
    """Return who files each application, by person: `by` for the people of their office, else they themselves."""
    alone = [a.person_id for a in applications if a.organization_id not in by.organization_ids]
    return {a.person_id: by for a in applications} | stage.candidates(alone)


def _of_office(applications: "Sequence[Application]", *, by: Actor) -> "list[Application]":
    """Return those whom `by` files for their office."""
    return [a for a in applications if a.organization_id in by.organization_ids]


def _consent(stage: Stage, draft: "Application") -> None:
    """Let the person agree, as each does before anybody hands in for them."""
    version = CONSENT_VERSION[Purpose.CERTIFICATION]
    by = Actor(None, frozenset({Role.APPLICANT}), draft.person_id)
    actions.consent(draft, version=version, way=ConsentWay.CODE, by=by, at=stage.at)


def _attach(stage: Stage, draft: "Application", *, by: Actor) -> None:
    kinds = queries.document_kinds(draft)
    signed = {queries.document_of(kind) for kind in queries.signed_kinds(draft)}
    codes = [group[0] for group in queries.documents_asked(draft).missing(signed)]
    files = {code: papers.sample(kinds[code], at=stage.at) for code in codes}
    actions.attach(draft, files, by=by, at=stage.at)


def _review(stage: Stage, waiting: "Sequence[Application]", *, by: Actor) -> None:
    claimed = verification.claim_many(waiting, by=by, at=stage.at, rng=stage.aside)
    eligible = []
    for claim, application in zip(claimed, waiting, strict=True):
        verdicts = reviews.routes(application, on=timezone.localdate(stage.at))
        is_first = application.correct_by_on is None and claim.round == 1
        if verdicts[Route(application.route)].verdict is Verdict.CLOSED:
            _find(stage, claim, wanting=False, by=by)
            _refuse_or_redirect(stage, claim, verdicts, by=by, is_first=is_first)
        elif is_first and _is_wanting(stage, application):
            _find(stage, claim, wanting=True, by=by)
            verification.return_for_correction(claim, by=by, at=stage.at)
        else:
            _find(stage, claim, wanting=False, by=by)
            eligible.append(claim)
    verification.find_eligible_many(eligible, by=by, at=stage.at)


def _is_wanting(stage: Stage, application: "Application") -> bool:
    """Say whether a file lacks something: the same to each who looks."""
    return (
        application.person_id not in stage.sure
        and application.person_id * 619 % 1000 < MENDED_PER_1000
    )


def _find(stage: Stage, claim: "Review", *, wanting: bool, by: Actor) -> None:
    """Judge each document put in; `wanting` finds fault with the first."""
    codes = sorted(claim.files)
    found = [Finding(document=code, judgement=Judgement.MET) for code in codes]
    if wanting:
        found[0] = Finding(codes[0], Judgement.NOT_MET, Fault.UNREADABLE)
    verification.note(claim, found, by=by, at=stage.at)


def _refuse_or_redirect(
    stage: Stage,
    claim: "Review",
    verdicts: Mapping[Route, Eligibility],
    *,
    by: Actor,
    is_first: bool,
) -> None:
    """Point to a route that stands open, or refuse where none does."""
    if is_first and any(e.verdict is not Verdict.CLOSED for e in verdicts.values()):
        remark = Remark(Topic.ROUTE, Fault.OTHER, "Jalur lain pada skema ini terbuka bagi Anda.")
        verification.return_for_correction(claim, remarks=[remark], by=by, at=stage.at)
        return
    unmet = verdicts[Route(claim.application.route)].unmet
    grounds = sorted({GROUNDS.get(reason.code.split(".")[0], Ground.PRACTICE) for reason in unmet})
    verification.reject(claim, grounds=grounds, by=by, at=stage.at)


def _choose_open_route(stage: Stage, application: "Application", *, by: Actor) -> None:
    verdicts = reviews.routes(application, on=timezone.localdate(stage.at))
    if verdicts[Route(application.route)].verdict is not Verdict.CLOSED:
        return
    for route, said in verdicts.items():
        if said.verdict is not Verdict.CLOSED:
            actions.revise(application, step=Step.SCHEME, by=by, at=stage.at, route=route.value)
            return
