"""Is a status list believed only if it speaks of this certificate, and then entry by entry?"""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from kompeten.certificates.adapters import credential, statuslist
from kompeten.certificates.terms import Issuer, StatusPurpose, StatusSlot
from kompeten.foundation.vc import integrity, linked, model, status
from kompeten.kernel import canonical
from kompeten.register.adapters.statuslist import finding
from kompeten.register.terms import Finding, Tenure
from tests.make.certificates import ANI, ISSUER, SIGNED_AT, keys, trusted
from tests.make.linked import by_pyld

PLACE = 77_001
AT = SIGNED_AT + timedelta(days=40)
ENTRIES: list[dict[str, Any]] = credential.unsigned(
    replace(ANI, status=StatusSlot(1, PLACE)), issuer=ISSUER
)["credentialStatus"]


def made(
    purpose: StatusPurpose, *set_: int, at: datetime = AT, issuer: Issuer = ISSUER, seed: int = 1
) -> bytes:
    """Return a list in which the entries `set_` are set."""
    return statuslist.issue(
        set_,
        purpose=purpose,
        number=1,
        issuer=issuer,
        signer=keys(seed).credential_signer,
        at=at,
    )


def lists(*, withdrawn: tuple[int, ...] = (), suspended: tuple[int, ...] = ()) -> list[bytes]:
    """Return both lists."""
    return [
        made(StatusPurpose.REVOCATION, *withdrawn),
        made(StatusPurpose.SUSPENSION, *suspended),
    ]


def judged(given: list[bytes], *, at: datetime = AT, entries: Any = ENTRIES) -> Finding:
    """Return what the lists say of Ani's certificate."""
    return finding(entries, given, issuer=ISSUER.id, trust=trusted(), at=at)


@pytest.mark.parametrize("purpose", StatusPurpose)
def test_a_list_is_a_credential(purpose: StatusPurpose) -> None:
    document = json.loads(made(purpose, 5))
    document.pop("proof")

    assert model.credential(document)["id"] == f"https://lsp.example/status/{purpose}/1"
    assert linked.canonical(document) == by_pyld(document)
    assert status.is_set(status.decode(document["credentialSubject"]["encodedList"]), 5)


def test_the_same_entries_and_time_give_the_same_bytes() -> None:
    assert made(StatusPurpose.SUSPENSION, 2, 1) == made(StatusPurpose.SUSPENSION, 1, 2)


def test_a_place_that_is_clear_in_both_holds_as_known_when() -> None:
    found = judged(lists(withdrawn=(PLACE - 1,), suspended=(PLACE + 1,)))

    assert (found.code, found.holds, found.detail) == (
        "status.list_clear",
        True,
        "2026-12-30T17:30:00Z",
    )


@pytest.mark.parametrize(
    "tenure",
    [Tenure(compromised_at=AT), Tenure(ends=AT), Tenure(begins=AT + timedelta(days=1))],
)
def test_a_list_of_a_key_that_is_lost_or_not_in_use_is_not_believed(tenure: Tenure) -> None:
    keyed = {name: replace(key, tenure=tenure) for name, key in trusted().keys.items()}
    trust = replace(trusted(), keys=keyed)

    found = finding(ENTRIES, lists(), issuer=ISSUER.id, trust=trust, at=AT)

    assert (found.code, found.holds) == ("status.list_broken", False)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (lists(withdrawn=(PLACE,)), "status.list_withdrawn"),
        (lists(suspended=(PLACE,)), "status.list_suspended"),
        (lists(withdrawn=(PLACE,), suspended=(PLACE,)), "status.list_withdrawn"),
    ],
)
def test_a_place_that_is_set_fails(given: list[bytes], code: str) -> None:
    assert (judged(given).code, judged(given).holds) == (code, False)


def test_one_list_alone_is_not_enough() -> None:
    clear, _ = lists()

    assert (judged([clear]).code, judged([clear]).holds) == ("status.list_missing", None)
    assert judged([]).holds is None
    assert judged(lists(), entries=[]).code == "status.not_checked"


def test_one_list_that_fails_is_enough() -> None:
    assert judged(lists(withdrawn=(PLACE,))[:1]).code == "status.list_withdrawn"


def test_an_old_list_proves_a_withdrawal_and_nothing_else() -> None:
    late = AT + statuslist.GOOD_FOR + timedelta(seconds=1)

    assert judged(lists(), at=late).code == "status.list_old"
    assert judged(lists(suspended=(PLACE,)), at=late).code == "status.list_old"
    assert judged(lists(withdrawn=(PLACE,)), at=late).code == "status.list_withdrawn"


def test_a_list_from_the_future_is_not_believed() -> None:
    assert judged(lists(), at=AT - timedelta(seconds=1)).code == "status.list_broken"


def test_another_authoritys_list_is_not_believed() -> None:
    _, second = lists()

    assert judged([made(StatusPurpose.REVOCATION, seed=2), second]).code == "status.list_broken"


def test_a_list_of_another_issuer_whom_we_trust_does_not_speak_of_ours() -> None:
    found = finding(ENTRIES, lists(), issuer="did:web:other.example", trust=trusted(), at=AT)

    assert found.code == "status.list_broken"


def test_every_changed_byte_of_a_list_is_noticed() -> None:
    clear, second = lists()

    for at in range(0, len(clear), 3):
        changed = bytes([*clear[:at], clear[at] ^ 1, *clear[at + 1 :]])
        assert judged([changed, second]).holds is False, at


def signed_again(edit: Callable[[dict[str, Any]], object]) -> bytes:
    """Return the list of withdrawals, edited and signed again with our key."""
    document = json.loads(lists()[0])
    document.pop("proof")
    edit(document)
    key = keys().credential_signer
    proof = integrity.proof(
        document,
        suite=integrity.Suite.JCS,
        sign=key.sign,
        verification_method=key.verification_method,
        created=AT,
    )
    return canonical.dumps({**document, "proof": [proof]})


@pytest.mark.parametrize(
    "edit",
    [
        lambda d: d.update(type=["VerifiableCredential"]),
        lambda d: d["credentialSubject"].update(type="List"),
        lambda d: d["credentialSubject"].update(statusPurpose="suspension"),
        lambda d: d["credentialSubject"].update(encodedList="uAAAA"),
        lambda d: d["credentialSubject"].pop("encodedList"),
        lambda d: d.pop("validUntil"),
        lambda d: d.update(validFrom="yesterday"),
        lambda d: d.update(credentialSubject=[]),
    ],
)
def test_a_list_that_we_signed_and_that_says_something_else_is_not_believed(
    edit: Callable[[dict[str, Any]], object],
) -> None:
    assert judged([signed_again(edit), lists()[1]]).code == "status.list_broken"


@pytest.mark.parametrize(
    "change",
    [
        {"statusListIndex": "131072"},
        {"statusListIndex": "-1"},
        {"statusListIndex": PLACE},
        {"statusPurpose": "refresh"},
        {"statusSize": 2},
    ],
)
def test_an_entry_that_lies_nowhere_is_not_clear(change: dict[str, Any]) -> None:
    entries = [{**ENTRIES[0], **change}, ENTRIES[1]]

    assert judged(lists(), entries=entries).holds is not True  # its list is another, or broken


def test_what_is_no_list_at_all_is_refused() -> None:
    for strange in (b"", b"{}", b"[]", b"x"):
        found = judged([strange, *lists()])
        assert (found.code, found.holds) == ("status.list_broken", False)
