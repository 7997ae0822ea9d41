"""What is wrong with a scheme file, said so that its author finds the place."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to mend: where (file, line from 1, dotted key) and what."""

    file: str
    line: int
    key: str
    code: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.key or '(file)'}: {self.message}"


class SchemeInvalid(Exception):
    """A scheme file or content cannot be used; `problems` holds everything found, in order."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))
