"""What does the process apart say of a paper it cannot open?"""


class Refused(Exception):
    """The paper is at fault; `code` is one of those of `PaperRefused`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
