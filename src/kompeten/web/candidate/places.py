"""Where on these pages does a record stand that a step or a notice speaks of?"""

from django.urls import reverse

from kompeten.journey.terms import Target

PAGE = {
    Target.APPLICATION: "candidate:application",
    Target.DOSSIER: "candidate:portfolio",
    Target.DECISION: "candidate:result",
    Target.CERTIFICATE: "candidate:certificate",
}

# Another face, known by its address.
OFFICE = "/kantor/"


def address(target: Target, ref: str) -> str:
    """Return the address of the record; what has a time stands in the schedule."""
    if target is Target.HELD:
        return reverse("candidate:held")
    if target is Target.OFFICE:
        return OFFICE
    if target in PAGE:
        return reverse(PAGE[target], args=[ref])
    return f"{reverse('candidate:schedule')}#{ref}"


def exam_room(ref: str) -> str:
    """Return the address of an entry in the exam room; another face, known by its address."""
    return f"/ujian/{ref}/"
