"""How are events told from the portfolio to the certificate? Words of their rooms, and what else to say."""

from datetime import date, datetime

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompeten.certificates import labels as certificates
from kompeten.decisions import labels as decisions
from kompeten.decisions.terms import PaperKind
from kompeten.exams import labels as exams
from kompeten.foundation import words
from kompeten.itembank import labels as itembank
from kompeten.node import labels as node
from kompeten.portfolios import labels as portfolios
from kompeten.practicals import labels as practicals
from kompeten.practicals.terms import Cause
from kompeten.results import labels as results
from kompeten.schemes import labels as schemes
from kompeten.web.office import stories
from kompeten.web.office.stories import Facts
from kompeten.web.ui.shapes import Tone

SUPERSEDED = "superseded"


def _percent(facts: Facts) -> str:
    share = facts["points"] * 100 // facts["out_of"]
    verdict = _("competent") if facts["competent"] else _("not yet competent")
    return _("%(share)d percent, %(verdict)s.") % {"share": share, "verdict": verdict}


def _written(facts: Facts) -> str:
    return ngettext("%(n)d word.", "%(n)d words.", facts["words"]) % {"n": facts["words"]}


def _returned(facts: Facts) -> str:
    until = _day(date.fromisoformat(facts["until"]))
    said = ngettext(
        "%(n)d part to mend by %(day)s.", "%(n)d parts to mend by %(day)s.", len(facts["items"])
    )
    return said % {"n": len(facts["items"]), "day": until}


def _booked(facts: Facts) -> str:
    at = timezone.localtime(datetime.fromisoformat(facts["starts_at"]))
    said = {
        "component": schemes.COMPONENT[facts["component"]],
        "at": formats.date_format(at, "DATETIME_FORMAT"),
    }
    return _("%(component)s on %(at)s.") % said


def _cause(facts: Facts) -> str:
    return f"{practicals.CAUSE[Cause(facts['cause'])]}."


def _item_returned(facts: Facts) -> str:
    return str(facts["note"])


def _item_retired(facts: Facts) -> str:
    if facts["reason"] == SUPERSEDED:
        return _("A newer version took its place.")
    return str(facts["reason"])


def _planned(facts: Facts) -> str:
    opens = timezone.localtime(datetime.fromisoformat(facts["opens_at"]))
    return _("It opens on %(day)s.") % {"day": formats.date_format(opens, "DATETIME_FORMAT")}


def _sat(facts: Facts) -> str:
    said = {"absent": facts["absent"], "timed_out": facts["timed_out"]}
    return _("%(absent)d did not come, %(timed_out)d were still writing.") % said


def _scored(facts: Facts) -> str:
    said = {name: facts[name] for name in ("scored", "absent", "interrupted")}
    return _("%(scored)d scored, %(absent)d absent, %(interrupted)d interrupted.") % said


def _answers(facts: Facts) -> str:
    said = {"answered": facts["answered"], "blank": facts["blank"]}
    return _("%(answered)d answered, %(blank)d left blank.") % said


def _reason(facts: Facts) -> str:
    return str(facts["reason"])


def _minutes(facts: Facts) -> str:
    if not facts["minutes"]:
        return str(facts.get("reason", ""))
    said = ngettext("%(n)d minute more.", "%(n)d minutes more.", facts["minutes"])
    # Time given by the written rule has the rule's code as its reason.
    return f"{said % {'n': facts['minutes']}} {words.reason(facts.get('reason', ''))}".strip()


def _came(facts: Facts) -> str:
    seen = [str(exams.IDENTITY[facts["way"]])]
    if facts.get("photo"):
        seen.append(_("with a photo"))
    elif facts.get("without"):
        seen.append(_("without a photo: %(why)s") % {"why": exams.NO_PHOTO[facts["without"]]})
    return " – ".join(filter(None, (", ".join(seen), facts["reason"])))


def _note(facts: Facts) -> str:
    return str(facts["note"])


def _disposed(facts: Facts) -> str:
    said = ngettext(
        "%(n)d photo. That it was taken stays noted.",
        "%(n)d photos. That they were taken stays noted.",
        len(facts["photos"]),
    )
    return said % {"n": len(facts["photos"])}


def _agreed(facts: Facts) -> str:
    said = ngettext("%(n)d minute more.", "%(n)d minutes more.", facts["minutes"])
    return f"{said % {'n': facts['minutes']}} {exams.GROUND[facts['ground']]}."


def _members(facts: Facts) -> str:
    return ngettext("%(n)d member.", "%(n)d members.", facts["members"]) % {"n": facts["members"]}


def _closed(facts: Facts) -> str:
    said = {"granted": facts["granted"], "deferred": facts["deferred"]}
    return _("%(granted)d competent, %(deferred)d not yet competent.") % said


def _recommended(facts: Facts) -> str:
    return _("Recommended: competent.") if facts["recommended"] else _("Recommended: not yet.")


def _ruled(facts: Facts) -> str:
    if facts.get("against_recommendation"):
        said = _("Against the recommendation: %(why)s")
        return said % {"why": facts["against_recommendation"]}
    not_met = [str(schemes.COMPONENT[code]) for code in facts.get("not_met", ())]
    return _("Below the minimum: %(what)s.") % {"what": ", ".join(not_met)} if not_met else ""


def _packed(facts: Facts) -> str:
    said = ngettext("%(n)d seat for %(name)s.", "%(n)d seats for %(name)s.", facts["seats"])
    return said % {"n": facts["seats"], "name": facts.get("name") or facts["node"]}


def _came_back(facts: Facts) -> str:
    told = [_("%(fresh)d of %(rows)d records are new.") % facts]
    if facts["refused"]:
        told.append(_("%(refused)d were set aside.") % facts)
    return " ".join(told)


def _number(facts: Facts) -> str:
    return str(facts["number"])


def _released(facts: Facts) -> str:
    said = ngettext("%(list)s, %(n)d person.", "%(list)s, %(n)d people.", facts["rows"])
    return said % {"list": decisions.PAPER[PaperKind(facts["kind"])], "n": facts["rows"]}


def _printed_on(facts: Facts) -> str:
    return str(facts["certificate"])


def _set_aside(facts: Facts) -> str:
    return " ".join(words.reason(code) for code in facts["reasons"])


def _ground(facts: Facts) -> str:
    return str(facts["ground"])


def _day(day: date) -> str:
    return formats.date_format(day, "DATE_FORMAT")


stories.offer(
    {
        **portfolios.EVENT,
        **practicals.EVENT,
        **itembank.EVENT,
        **exams.EVENT,
        **node.EVENT,
        **results.EVENT,
        **decisions.EVENT,
        **certificates.EVENT,
    },
    tones={
        "dossier.handed_in": Tone.INFO,
        "dossier.returned": Tone.WAIT,
        "dossier.accepted": Tone.GOOD,
        "dossier.assessed": Tone.GOOD,
        "slot.opened": Tone.INFO,
        "slot.settled": Tone.GOOD,
        "slot.missed": Tone.WAIT,
        "slot.interrupted": Tone.WAIT,
        "slot.cancelled": Tone.BAD,
        "item.submitted": Tone.INFO,
        "item.returned": Tone.WAIT,
        "item.approved": Tone.GOOD,
        "sitting.begun": Tone.INFO,
        "sitting.scored": Tone.GOOD,
        "entry.handed_in": Tone.GOOD,
        "entry.scored": Tone.GOOD,
        "entry.missed": Tone.WAIT,
        "entry.interrupted": Tone.WAIT,
        "entry.check_in_withdrawn": Tone.WAIT,
        "entry.identity_doubted": Tone.WAIT,
        "entry.extended": Tone.INFO,
        "parcel.opened": Tone.INFO,
        "parcel.returned": Tone.GOOD,
        "meeting.closed": Tone.GOOD,
        "decision.granted": Tone.GOOD,
        "decision.deferred": Tone.WAIT,
        "decree.signed": Tone.GOOD,
        "decree.released": Tone.INFO,
        "blank.issued": Tone.GOOD,
        "blank.voided": Tone.BAD,
        "certificate.published": Tone.GOOD,
        "certificate.held": Tone.WAIT,
        "certificate.voided": Tone.BAD,
    },
    tell={
        "dossier.handed_in": _written,
        "dossier.returned": _returned,
        "dossier.assessed": _percent,
        "reading.handed_in": _percent,
        "slot.opened": _booked,
        "slot.interrupted": _cause,
        "slot.settled": _percent,
        "rating.handed_in": _percent,
        "item.returned": _item_returned,
        "item.retired": _item_retired,
        "sitting.opened": _planned,
        "sitting.closed": _sat,
        "sitting.scored": _scored,
        "sitting.code_shown": _reason,
        "sitting.code_renewed": _reason,
        "entry.handed_in": _answers,
        "entry.interrupted": _reason,
        "entry.reseated": _minutes,
        "entry.extended": _minutes,
        "entry.checked_in": _came,
        "entry.check_in_withdrawn": _reason,
        "entry.identity_doubted": _note,
        "entry.photos_disposed": _disposed,
        "entry.adjusted": _agreed,
        "parcel.opened": _packed,
        "parcel.returned": _came_back,
        "meeting.opened": _members,
        "meeting.closed": _closed,
        "decision.proposed": _recommended,
        "decision.granted": _ruled,
        "decision.deferred": _ruled,
        "decree.drawn_up": _number,
        "decree.released": _released,
        "blank.issued": _printed_on,
        "blank.voided": _reason,
        "certificate.held": _set_aside,
        "certificate.released": _ground,
        "certificate.voided": _ground,
        "certificate.reserved": _number,
    },
    apart={"decree.released", "parcel.returned"},
)
