"""Small instruments for the rules: three essays, and a curriculum vitae with a field of each kind."""

from kompeten.schemes.terms import (
    AnswerField,
    Bilingual,
    CurriculumVitae,
    Domain,
    FieldKind,
    Named,
    Part,
    PortfolioRules,
    Question,
    Raters,
    Scale,
    SelfDescription,
    Settle,
)

W = Bilingual(id="Kata", en="Words")


def question(code: str, domain: Domain = Domain.KNOWLEDGE, **more: object) -> Question:
    return Question(code=code, domain=domain, prompt=W, **more)  # type: ignore[arg-type]


# k1 wants 150 words for the highest mark, s1 at least 50 to be handed in, v1 need not be answered.
ESSAYS = SelfDescription(
    code="essays",
    title=W,
    guidance=W,
    scale=Scale(least=1, most=5),
    items=(
        question("k1", full_score_words=150),
        question("s1", Domain.SKILLS, min_words=50),
        question("v1", Domain.VALUES, required=False),
    ),
)

KINDS = Part(
    code="kinds",
    letter="a",
    title=W,
    many=True,
    required=True,
    fields=(
        AnswerField(code="name", label=W, kind=FieldKind.TEXT, required=True),
        AnswerField(code="story", label=W, kind=FieldKind.LONG_TEXT),
        AnswerField(code="day", label=W, kind=FieldKind.DATE),
        AnswerField(code="year", label=W, kind=FieldKind.YEAR),
        AnswerField(code="hours", label=W, kind=FieldKind.NUMBER),
        AnswerField(
            code="stage",
            label=W,
            kind=FieldKind.CHOICE,
            choices=(Named(code="bachelor", title=W), Named(code="master", title=W)),
        ),
    ),
)
SINGLE = Part(
    code="single",
    letter="b",
    title=W,
    many=False,
    fields=(AnswerField(code="name", label=W, kind=FieldKind.TEXT, required=True),),
)
VITAE = CurriculumVitae(code="vitae", title=W, guidance=W, parts=(KINDS, SINGLE))


def rules(
    *,
    settle: Settle = Settle.NEAREST_TWO,
    count: int = 2,
    third_over: int = 1,
    third_on_verdict: bool = True,
    blank_points: int = 0,
    pass_percent: int = 60,
) -> PortfolioRules:
    return PortfolioRules(
        pass_percent=pass_percent,
        raters=Raters(
            count=count, third_over=third_over, third_on_verdict=third_on_verdict, settle=settle
        ),
        blank_points=blank_points,
        blank_blocks_acceptance=True,
    )
