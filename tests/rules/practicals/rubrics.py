"""A small rubric for the rules: two criteria, marks one to five."""

from kompeten.schemes.terms import (
    Bilingual,
    Criterion,
    Domain,
    PerformanceRules,
    Raters,
    Rubric,
    Scale,
    Settle,
    Task,
)

W = Bilingual(id="Kata", en="Words")
RUBRIC = Rubric(
    code="talk",
    title=W,
    guidance=W,
    scale=Scale(least=1, most=5),
    tasks=(Task(code="tell", text=W),),
    criteria=(
        Criterion(code="ethics", domain=Domain.VALUES, title=W, look_for=W, anchors=(W,) * 5),
        Criterion(code="skill", domain=Domain.SKILLS, title=W, look_for=W, anchors=(W,) * 5),
    ),
)


def rules(*, settle: Settle = Settle.NEAREST_TWO, on_verdict: bool = True) -> PerformanceRules:
    raters = Raters(count=2, third_over=1, third_on_verdict=on_verdict, settle=settle)
    return PerformanceRules(minutes=30, pass_percent=60, raters=raters)
