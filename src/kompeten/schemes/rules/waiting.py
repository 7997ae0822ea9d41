"""When will a route that is closed today stand open, if somebody only goes on as they do?

Years of age and time in a post grow by themselves; schooling, training and letters do not. So the day
is told only where age and practice are all that is missing.
"""

from dataclasses import replace
from datetime import date, timedelta

from kompeten.schemes.rules import eligibility
from kompeten.schemes.terms.applicants import Facts, Verdict
from kompeten.schemes.terms.requirements import Requirements, RouteRules
from kompeten.schemes.terms.words import Route

# Whoever has longer to wait is told what is missing, and no day.
FARTHEST_YEARS = 10


def opens_on(route: Route, rules: RouteRules, facts: Facts, *, on: date) -> date | None:
    """Return the first day after `on` on which nothing closes the route, or None if none is near.

    Posts without an end are taken to go on. What is merely unknown stays to be shown and does not
    count here.
    """
    growing = replace(rules, requirements=_growing(rules.requirements))

    def closed(day: date) -> bool:
        return eligibility.judge(route, growing, facts, on=day).verdict is Verdict.CLOSED

    last = on + timedelta(days=FARTHEST_YEARS * 366)
    if not closed(on) or closed(last):
        return None
    low, high = on, last
    while (high - low).days > 1:
        middle = low + (high - low) // 2
        low, high = (middle, high) if closed(middle) else (low, middle)
    # On that day something else may close it: a diploma that is no longer recent.
    found = eligibility.judge(route, rules, facts, on=high)
    return None if found.verdict is Verdict.CLOSED else high


def _growing(asked: Requirements) -> Requirements:
    return Requirements(min_age_years=asked.min_age_years, practice=asked.practice)
