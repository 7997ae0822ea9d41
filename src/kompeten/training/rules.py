"""May a session be planned so? Judgement without a database."""

from datetime import datetime, timedelta

from kompeten.training.terms import Plan, Planning

LONGEST = timedelta(days=31)


def plan_reasons(plan: Plan) -> tuple[str, ...]:
    """Return what is wrong with a plan; empty when nothing is."""
    reasons = []
    if plan.ends_at <= plan.starts_at:
        reasons.append("session.ends_before_start")
    elif plan.ends_at - plan.starts_at > LONGEST:
        reasons.append("session.too_long")
    if not plan.place.strip() and not plan.link.strip():
        reasons.append("session.nowhere")
    if plan.quota < 1:
        reasons.append("session.no_places")
    return tuple(reasons)


def problems(facts: Planning) -> tuple[str, ...]:
    """Return the problems found with the plan: the guard of its steps."""
    return facts.problems


def has_begun(starts_at: datetime, *, at: datetime) -> bool:
    """Say whether a session that starts at `starts_at` has begun: only then can a list be taken."""
    return starts_at <= at
