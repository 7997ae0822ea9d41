"""How do certificates come onto paper? Numbered sheets are delivered, printed on, and a few are spoiled."""

from kompeten.certificates import actions, queries
from kompeten.certificates.terms import Range
from kompeten.kernel.roles import Role
from kompeten.ops.walk.stage import Stage, portions

# Two deliveries of the printer, and a hundred numbers between them that never came.
CAME = (Range("LSP-", 1, 400, 6), Range("LSP-", 501, 700, 6))
NOTE = "Percetakan, berita acara penerimaan"
BATCH, LEFT = 50, 40  # printed in one go; left to be printed
SPOILED = ("Sobek di pencetak", "Tinta luntur", "Salah hadap saat dicetak")


def print_most(stage: Stage) -> None:
    """Print most certificates that are out, batch by batch; some sheets are spoiled and printed anew."""
    registrar = stage.cast.one(Role.REGISTRAR)
    with stage.room("certificates"):
        for came in CAME:
            actions.receive_blanks(came, note=NOTE, by=registrar, at=stage.at, rng=stage.rng)
        waiting = list(queries.to_print())
        most = waiting[: max(len(waiting) - LEFT, 0)]
        for batch in portions(most, BATCH):
            stage.later(minutes=20)
            sheets = actions.issue_blanks(batch, by=registrar, at=stage.at)
            if spoiled := stage.rng.sample(sheets, min(len(sheets) // BATCH, 1)):
                reason = stage.rng.choice(SPOILED)
                actions.void_blank(spoiled[0], reason=reason, by=registrar, at=stage.at)
