"""The words of a scheme: professions, levels, routes, components and what a rule may name."""

from enum import StrEnum


class Profession(StrEnum):
    """Who is certified: the four kinds of social-welfare workforce. Source: Permensos 16/2017."""

    WELFARE_WORKER = "welfare_worker"
    SOCIAL_WORKER = "social_worker"
    SOCIAL_EDUCATOR = "social_educator"
    SOCIAL_VOLUNTEER = "social_volunteer"


class Level(StrEnum):
    """How far a certificate reaches, lowest first; educators and volunteers have none."""

    ASSISTANT = "assistant"
    GENERALIST = "generalist"
    SPECIALIST = "specialist"


class Route(StrEnum):
    """The way by which somebody comes to the assessment. Source: TKS22, KT22 (four processes)."""

    DIRECT_CERTIFICATION = "direct_certification"
    DIRECT_ASSESSMENT = "direct_assessment"
    TRAINING = "training"
    EDUCATION = "education"


class Component(StrEnum):
    """A means of assessment, in the order a candidate meets them."""

    PORTFOLIO = "portfolio"
    COGNITIVE = "cognitive"
    PRACTICE = "practice"
    INTERVIEW = "interview"


class Domain(StrEnum):
    """What an item or a question looks at. Source: WRIT17, DD17."""

    KNOWLEDGE = "knowledge"
    VALUES = "values"
    SKILLS = "skills"


class Difficulty(StrEnum):
    """How hard an item is meant to be. Source: WRIT17."""

    HARD = "hard"
    MEDIUM = "medium"
    EASY = "easy"


class Stage(StrEnum):
    """A finished or running stage of education, lowest first."""

    PRIMARY = "primary"
    JUNIOR_SECONDARY = "junior_secondary"
    SENIOR_SECONDARY = "senior_secondary"
    DIPLOMA = "diploma"
    BACHELOR = "bachelor"
    MASTER = "master"
    DOCTORATE = "doctorate"

    @property
    def rank(self) -> int:
        """Return the place of the stage, from 0."""
        return list(Stage).index(self)


class StudyField(StrEnum):
    """What was studied, as far as a requirement cares."""

    ANY = "any"
    WELFARE = "welfare"
    OTHER = "other"


class Standing(StrEnum):
    """How far a study has come."""

    GRADUATE = "graduate"
    FINAL_SEMESTER = "final_semester"


class Recommender(StrEnum):
    """Who may recommend an applicant. Source: TKS22."""

    PROFESSION = "profession"
    WORKPLACE = "workplace"


class Need(StrEnum):
    """Whether one of several conditions suffices or all must hold."""

    ANY = "any"
    ALL = "all"


class PassMode(StrEnum):
    """How components become a whole: each must be met, or a weighted total must be reached."""

    CONJUNCTIVE = "conjunctive"
    COMPENSATORY = "compensatory"


class Settle(StrEnum):
    """How three assessors' ratings of one criterion become one."""

    NEAREST_TWO = "nearest_two"
    MEAN = "mean"
    THIRD = "third"


class FieldKind(StrEnum):
    """What an answer field of the curriculum vitae takes."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    DATE = "date"
    YEAR = "year"
    NUMBER = "number"
    CHOICE = "choice"


class ValidFrom(StrEnum):
    """The day from which a certificate's term is counted."""

    SIGNATURE = "signature"
    DECISION = "decision"


class Restart(StrEnum):
    """When a number series begins again at one."""

    NEVER = "never"
    YEARLY = "yearly"


class VersionState(StrEnum):
    """The life of a scheme version."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"
