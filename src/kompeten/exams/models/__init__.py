"""Which rows hold sittings, entries, answers, essays and scores?"""

from kompeten.exams.models.records import AnswerBatch, Mark, Record, Remark, Standing
from kompeten.exams.models.scores import Marking, Score, Script
from kompeten.exams.models.sittings import Entry, Sitting, SittingForm, SittingScheme

__all__ = [
    "AnswerBatch",
    "Entry",
    "Mark",
    "Marking",
    "Record",
    "Remark",
    "Score",
    "Script",
    "Sitting",
    "SittingForm",
    "SittingScheme",
    "Standing",
]
