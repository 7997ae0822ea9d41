"""What goes back to the office that sent a list? Its own sheet, with what became of each line."""

from django.utils.translation import gettext as _

from kompeten.applications.adapters import sheet_back, workbook
from kompeten.applications.adapters.sheet_back import Answer
from kompeten.applications.labels import REPAIR_STATE, STATE, VERDICT
from kompeten.applications.models import Application, Collective, CollectiveRow
from kompeten.applications.queries.lists import collective_rows
from kompeten.applications.terms import ListUnreadable, Place, Verdict
from kompeten.applications.terms.application import ListState, RepairState, State
from kompeten.foundation import files, words
from kompeten.people import queries as people
from kompeten.people.terms import Purpose


def sheet(collective: Collective) -> bytes:
    """Return the list as it came, with a verdict, a remark and a code beside each line. Three queries.

    Whoever mends lines in it and sends it again mends those that bear a code; nobody is doubled.

    :raises ListUnreadable: `file.gone`: its time is over, it has been deleted
    """
    if collective.state == ListState.DISPOSED:
        raise ListUnreadable("file.gone")
    grids = workbook.read(files.read(collective.sha256))
    agreed = people.consents(Purpose.CERTIFICATION).values("about")
    held = collective.applications.filter(ref__in=agreed)
    consented = frozenset(held.values_list("ref", flat=True))
    rows = collective_rows(collective)
    answers = {Place(row.sheet, row.row): _answer(row, consented) for row in rows}
    return sheet_back.write(grids, answers)


def _answer(row: CollectiveRow, consented: frozenset[str]) -> Answer:
    repair = getattr(row, "repair", None)
    application = row.application or (repair.application if repair is not None else None)
    if application is not None:
        return Answer(str(STATE[State(application.state)]), _next(application, consented))
    reasons = " ".join(words.reason(code) for code in row.reasons)
    if repair is not None:
        code = repair.ref if repair.state == RepairState.WAITING else ""
        return Answer(str(REPAIR_STATE[RepairState(repair.state)]), reasons, code)
    if row.verdict == Verdict.REPAIR:
        return Answer(_("waits in a later list"))
    return Answer(str(VERDICT[Verdict(row.verdict)]), reasons)


def _next(application: Application, consented: frozenset[str]) -> str:
    if application.state != State.DRAFT:
        return ""
    if application.ref not in consented:
        return _("Waits for the person to confirm their data by link.")
    return _("Waits for documents.")
