"""Does the second reader see every fault that the making could have?"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from kompeten.certificates.adapters import check, credential, pades, pdf, token
from kompeten.certificates.terms import Content, Sealed
from tests.make.certificates import ANI, EKO, ISSUER, SIGNED_AT, content, keys, sealed

Change = Callable[[Sealed], Sealed]


def flaws(of: Sealed, *, meant: Content = ANI, seed: int = 1) -> tuple[str, ...]:
    """Return what the second reader says."""
    return check.flaws(
        of,
        content=meant,
        certificate=keys(seed).chain[0],
        credential_key=keys(seed).credential_signer.public_key,
        at=of.sealed_at,
    )


def test_a_good_certificate_has_no_flaws() -> None:
    assert flaws(sealed()) == ()


@pytest.mark.parametrize(
    "meant",
    [
        {"number": "88900 2635 2 0000999 2026"},
        {"holder": "Eko Prasetyo"},
        {"level": None},
        {"units": ANI.units[:-1]},
        {"valid_until": date(2031, 11, 21)},
        {"valid_from": date(2026, 11, 22)},
        {"is_demonstration": False},
        {"verify_url": "https://lsp.example/s/P3RN8V2C6H"},
    ],
)
def test_output_that_states_something_else_is_named(meant: dict[str, object]) -> None:
    assert "credential.facts" in flaws(sealed(), meant=content(**meant))


@pytest.mark.parametrize("field", ["holder", "number"])
def test_sheet_and_code_are_compared_too(field: str) -> None:
    found = flaws(sealed(), meant=content(**{field: getattr(EKO, field)}))

    assert found == ("sheet.title", "credential.facts", "qr.facts")


def test_another_key_is_noticed_in_all_three() -> None:
    assert flaws(sealed(), seed=2) == (
        "pdf.digest",
        "pdf.signature",
        "credential.proof",
        "qr.proof",
    )


def swapped(of: Sealed) -> Sealed:
    """Put somebody else's credential beside the sheet."""
    return replace(of, credential=sealed(EKO).credential)


def appended(of: Sealed) -> Sealed:
    """Add a line to the sheet."""
    return replace(of, pdf=of.pdf + b"\n")


def emptied(of: Sealed) -> Sealed:
    """Take the signature out."""
    return replace(of, pdf=of.pdf[: of.pdf.index(b"/ByteRange")])


def garbled(of: Sealed) -> Sealed:
    """Break everything."""
    return replace(
        of, pdf=of.pdf.replace(b"<308", b"<00f"), credential=b"{}", qr="https://x.example"
    )


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (swapped, ("sheet.attachment", "credential.facts")),
        (appended, ("pdf.range",)),
        (emptied, ("pdf.signatures",)),
        (garbled, ("pdf.unreadable", "sheet.attachment", "credential.unreadable", "qr.unreadable")),
    ],
)
def test_damage_is_named_by_part(change: Change, found: tuple[str, ...]) -> None:
    assert flaws(change(sealed())) == found


def test_a_certificate_out_of_force_is_noticed() -> None:
    late = SIGNED_AT + timedelta(days=13 * 365)

    assert flaws(replace(sealed(), sealed_at=late)) == ("pdf.certificate",)


def test_a_sheet_of_another_person_around_the_right_credential_is_noticed() -> None:
    key = keys().credential_signer
    own = credential.issue(ANI, issuer=ISSUER, signer=key, at=SIGNED_AT)
    sheet = pdf.render(
        EKO,
        credential_json=own,
        qr_text=token.issue(EKO, signer=key),
        key_id=key.key_id,
        at=SIGNED_AT,
    )
    words = pades.Words("x", "y", "z")

    mixed = replace(
        sealed(), pdf=pades.sign(sheet, signer=keys().signer, words=words, at=SIGNED_AT)
    )

    assert flaws(mixed) == ("sheet.title",)


def test_every_changed_byte_of_the_credential_is_noticed() -> None:
    whole = sealed().credential

    for at in range(0, len(whole), 23):
        changed = bytes([*whole[:at], whole[at] ^ 1, *whole[at + 1 :]])
        assert flaws(replace(sealed(), credential=changed)), at
