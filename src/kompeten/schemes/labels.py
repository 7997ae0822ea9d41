"""Words for people: professions, levels, routes, components, reasons, and the names of values."""

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from kompeten.schemes.terms import (
    Bilingual,
    Component,
    Difficulty,
    Domain,
    Level,
    PassMode,
    Profession,
    Reason,
    Recommender,
    Route,
    Service,
    Stage,
    Standing,
    Verdict,
    VersionState,
)

Words = dict[str, str | Promise]

PROFESSION: Words = {
    Profession.WELFARE_WORKER: _("Welfare worker"),
    Profession.SOCIAL_WORKER: _("Social worker"),
    Profession.SOCIAL_EDUCATOR: _("Social educator"),
    Profession.SOCIAL_VOLUNTEER: _("Social volunteer"),
}

LEVEL: Words = {
    Level.ASSISTANT: pgettext_lazy("level", "Assistant"),
    Level.GENERALIST: pgettext_lazy("level", "Generalist"),
    Level.SPECIALIST: pgettext_lazy("level", "Specialist"),
}

ROUTE: Words = {
    Route.DIRECT_CERTIFICATION: _("Direct certification"),
    Route.DIRECT_ASSESSMENT: _("Direct assessment"),
    Route.TRAINING: pgettext_lazy("route", "Training"),
    Route.EDUCATION: pgettext_lazy("route", "Education"),
}

ROUTE_HELP: Words = {
    Route.DIRECT_CERTIFICATION: _("For people with long practice: portfolio and interview."),
    Route.DIRECT_ASSESSMENT: _(
        "For people in practice: portfolio, written test and practice exam."
    ),
    Route.TRAINING: _("For people who have finished the basic training."),
    Route.EDUCATION: _("For students writing their thesis and for recent graduates."),
}

COMPONENT: Words = {
    Component.PORTFOLIO: _("Portfolio"),
    Component.COGNITIVE: _("Written test"),
    Component.PRACTICE: _("Practice exam"),
    Component.INTERVIEW: _("Interview"),
}

DOMAIN: Words = {
    Domain.KNOWLEDGE: _("Knowledge"),
    Domain.VALUES: _("Values"),
    Domain.SKILLS: _("Skills"),
}

DIFFICULTY: Words = {
    Difficulty.HARD: pgettext_lazy("difficulty", "Hard"),
    Difficulty.MEDIUM: pgettext_lazy("difficulty", "Medium"),
    Difficulty.EASY: pgettext_lazy("difficulty", "Easy"),
}

STAGE: Words = {
    Stage.PRIMARY: _("Primary school"),
    Stage.JUNIOR_SECONDARY: _("Junior secondary school"),
    Stage.SENIOR_SECONDARY: _("Senior secondary school"),
    Stage.DIPLOMA: pgettext_lazy("education", "Diploma (D1–D3)"),
    Stage.BACHELOR: _("Bachelor (D4/S1)"),
    Stage.MASTER: _("Master (S2)"),
    Stage.DOCTORATE: _("Doctorate (S3)"),
}

STANDING: Words = {
    Standing.GRADUATE: _("Graduate"),
    Standing.FINAL_SEMESTER: _("Student in the final semester"),
}

RECOMMENDER: Words = {
    Recommender.PROFESSION: _("the professional association"),
    Recommender.WORKPLACE: _("the workplace"),
}

PASS_MODE: Words = {
    PassMode.CONJUNCTIVE: _("Every component must be met"),
    PassMode.COMPENSATORY: _("The weighted total counts"),
}

VERDICT: Words = {
    Verdict.OPEN: pgettext_lazy("route", "Open to you"),
    Verdict.UNKNOWN: pgettext_lazy("route", "To be shown"),
    Verdict.CLOSED: pgettext_lazy("route", "Not open yet"),
}

STATE: Words = {
    VersionState.DRAFT: pgettext_lazy("scheme version", "Draft"),
    VersionState.PUBLISHED: pgettext_lazy("scheme version", "Published"),
    VersionState.RETIRED: pgettext_lazy("scheme version", "Retired"),
}

# {have} and {need} are what there is and what is needed; codes in them are put into words first.
REASON: Words = {
    "age.low": _("You are %(have)s years old; this route asks for %(need)s."),
    "age.unknown": _("Tell us your date of birth: this route asks for %(need)s years of age."),
    "education.none": _("This route asks for %(need)s."),
    "education.low": _("Your education is %(have)s; this route asks for %(need)s."),
    "education.other": _("This route asks for a different field of study or a recent diploma."),
    "education.unknown": _("Tell us your education: this route asks for %(need)s."),
    "education.field_unknown": _("Tell us your field of study and when you finished it."),
    "practice.months_short": _("You show %(have)s of practice of the %(need)s needed."),
    "practice.months_unknown": _("Show %(need)s of practice; so far we know of %(have)s."),
    "practice.hours_short": _("You show %(have)s hours of practice of the %(need)s needed."),
    "practice.hours_unknown": _("Show %(need)s hours of practice; so far we know of %(have)s."),
    "training.hours_short": _("You show %(have)s hours of training of the %(need)s needed."),
    "training.unknown": _("Show %(need)s hours of training with a certificate."),
    "recommendation.missing": _("A recommendation by %(need)s is missing."),
    "recommendation.any_missing": _("One recommendation is missing; it may be by %(need)s."),
    "recommendation.unknown": _("Attach a recommendation by %(need)s."),
    "recommendation.any_unknown": _("Attach one recommendation; it may be by %(need)s."),
    "component.missing": _("%(need)s: no outcome yet."),
    "component.not_met": _("%(need)s: not yet competent."),
    "component.below_floor": _("%(need)s: %(have)s percent is below the least share."),
    "total.low": _("The weighted total is %(have)s percent of the %(need)s needed."),
    "content.altered": _("The content is not the one that was drafted. Draft it again."),
    "retire.before_start": _("A version must end after its first day."),
}

# How somebody comes by what is missing, by the first part of the reason's code.
ADVICE: Words = {
    "education": _("Another level or profession may fit your education; look at the others, too."),
    "practice": _(
        "Ask every place where you served for a letter of experience: first and last day, hours a "
        "week, number, date and signature."
    ),
    "training": _(
        "Ask your social service office or a training center for the basic training. The certificate "
        "must name its hours."
    ),
    "recommendation": _(
        "Ask the head of your institution, the social service office or the branch of your "
        "professional association for a letter."
    ),
}

# Names of the parts of a dotted path, for lists of values that are not confirmed.
PART: Words = {
    "authority": _("Body"),
    "legal_basis": _("Legal basis"),
    "units": _("Units of competence"),
    "routes": _("Routes"),
    "requirements": _("Requirements"),
    "education": pgettext_lazy("requirement", "Education"),
    "recommendation": _("Recommendation"),
    "practice": _("Practice"),
    "within_months": _("Months since graduation"),
    "components": _("Components"),
    "instruments": _("Instruments"),
    "self_description": _("Self-description"),
    "curriculum_vitae": _("Curriculum vitae"),
    "guidance": _("Guidance"),
    "title": _("Title"),
    "scale": _("Scale"),
    "groups": _("Groups"),
    "items": _("Items"),
    "parts": _("Parts"),
    "fields": _("Fields"),
    "prompt": _("Question"),
    "help": _("Hint"),
    "minutes": _("Minutes"),
    "pass_percent": _("Pass mark"),
    "pass_rule": _("Pass rule"),
    "certificate": _("Certificate"),
    "preparation": _("Preparation session"),
    "committee": _("Committee"),
    "trainer_wall_months": _("Months between training and assessing"),
    "retake": _("Retake"),
    "appeal": _("Appeal"),
    "candidate_days": _("Deadlines for candidates"),
    "service_days": _("Service times"),
    "raters": _("Assessors"),
}

WORDS: Words = {**COMPONENT, **STAGE, **RECOMMENDER}
# At the top of a path `practice` is the component; within a route it is what is asked for.
SECTIONS: Words = {**PART, **COMPONENT}
STEPS: Words = {**COMPONENT, **PART}
ROUTES: Words = {**ROUTE}


def local(said: Bilingual) -> str:
    """Return the words of a scheme in the reader's language."""
    return said.of(get_language() or "id")


def reason(found: Reason) -> str:
    """Return a reason as a sentence."""
    said = _span if found.code.startswith("practice.months") else _word
    return str(REASON[found.code]) % {"have": said(found.have), "need": said(found.need)}


def advice(found: Reason) -> str:
    """Return how somebody comes by what is missing; empty where only time helps."""
    return str(ADVICE.get(found.code.partition(".")[0], ""))


def span(months: int) -> str:
    """Return a number of months as people say it: in years, and the months that are left."""
    years, rest = divmod(months, 12)
    whole = ngettext("%(n)d year", "%(n)d years", years) % {"n": years}
    part = ngettext("%(n)d month", "%(n)d months", rest) % {"n": rest}
    if years and rest:
        return gettext("%(years)s %(months)s") % {"years": whole, "months": part}
    return whole if years else part


def path(dotted: str) -> str:
    """Return the name of a value for people: `cognitive.minutes` is "Written test › Minutes"."""
    steps = [step for step in dotted.split(".") if step != "*"]
    names = [SECTIONS, ROUTES if steps[0] == "routes" else STEPS, *([STEPS] * len(steps))]
    return " › ".join(str(known.get(step, step)) for known, step in zip(names, steps, strict=False))


def _span(value: str | int | None) -> str:
    return span(value) if isinstance(value, int) else _word(value)


def _word(value: str | int | None) -> str:
    if not isinstance(value, str):
        return "" if value is None else number_format(value)
    parts = value.split(", ")
    return " / ".join(str(WORDS.get(part, part)) for part in parts)


SERVICE = {
    Service.VERIFICATION: pgettext_lazy("promise", "Verification"),
    Service.READING: pgettext_lazy("promise", "Reading of portfolios"),
    Service.EXAM: pgettext_lazy("promise", "Written exam"),
    Service.PERFORMANCE: pgettext_lazy("promise", "Practice and interview"),
    Service.RESULT: pgettext_lazy("promise", "Result"),
    Service.DECISION: pgettext_lazy("promise", "Decision"),
    Service.CERTIFICATE: pgettext_lazy("promise", "Certificate"),
}
