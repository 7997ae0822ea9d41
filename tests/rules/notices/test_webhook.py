"""Is what we tell those who build a receiver true, and are bodies the same bytes at each try?"""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kompeten.notices import rules
from kompeten.notices.terms import Told

PAGE = Path(__file__).resolve().parents[3] / "docs" / "operate" / "webhooks.md"
TOLD = Told(
    kind="certificate.suspended",
    number="000123/TKS-G/LSP KESOS/XI/2026",
    name="Ni Luh Ani Kartika Dewi, S.Tr.Sos.",
    state="suspended",
    day=date(2026, 11, 29),
    at=datetime(2026, 11, 29, 3, 10, tzinfo=UTC),
)


def said(pattern: str) -> str:
    found = re.search(pattern, PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert found is not None, pattern
    return found[1]


def test_the_message_in_the_docs_is_one_of_ours_and_its_signature_holds() -> None:
    body = said(r"^(\{.*\})$").encode()
    key, seconds = said("^webhook-id: (.*)$"), int(said(r"^webhook-timestamp: (\d+)$"))

    signed = rules.signature(said("(whsec_[A-Za-z0-9+/=]+)`"), key=key, seconds=seconds, body=body)

    assert rules.told_bytes(TOLD) == body
    assert said("^webhook-signature: (.*)$") == signed


@pytest.mark.parametrize(
    "change", [{"body": b"{}"}, {"key": "msg_2"}, {"seconds": 2}, {"secret": "whsec_AAAA"}]
)
def test_a_signature_is_of_all_parts(change: dict[str, object]) -> None:
    given = {"secret": "whsec_c2VjcmV0", "key": "msg_1", "seconds": 1, "body": b"{ }"}

    def sign(secret: str, **rest: object) -> str:
        return rules.signature(secret, **rest)  # type: ignore[arg-type]

    assert sign(**given) != sign(**(given | change))  # type: ignore[arg-type]


def test_no_part_of_a_message_is_more_than_the_register_shows() -> None:
    assert set(TOLD.__dataclass_fields__) == {"kind", "number", "name", "state", "day", "at"}
    assert rules.told_bytes(TOLD) != rules.told_bytes(replace(TOLD, state="valid"))
