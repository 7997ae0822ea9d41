"""Can anybody fetch the log, see who has witnessed it, and check it without us?"""

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from kompeten.certificates.models import Certificate
from kompeten.kernel.tlog import policies
from kompeten.kernel.tlog.policies import Policy
from kompeten.register.adapters import folder
from kompeten.register.models import Witness
from kompeten.register.queries import log as queries
from kompeten.register.queries import logkeys
from tests.make.register import key, policy_file

pytestmark = pytest.mark.django_db


def fetched(client: Client, path: str) -> bytes:
    """Return what lies at an address of the log."""
    answer = client.get(f"/log/{path}")
    if answer.status_code == 404:
        raise FileNotFoundError(path)
    assert answer.status_code == 200
    return answer.content


def words(client: Client) -> str:
    """Return what a visitor reads on the page of the log."""
    answer = client.get("/log/")
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.fixture
def policy(tmp_path: Path, settings: Any) -> Policy:
    """Name two witnesses, neither of whom has answered."""
    names = [(key(f"w{n}.example"), "https://w.example") for n in (1, 2)]
    path = policy_file(tmp_path, names, quorum=1)
    options = settings.OPTIONS
    settings.OPTIONS = type(options)({**options.values, "log_policy": str(path)})
    return logkeys.policy()


def test_a_stranger_checks_the_whole_log_by_its_addresses(
    client: Client, issued: Certificate
) -> None:
    policy = policies.parse(fetched(client, "policy").decode())

    found = folder.examine(lambda name: fetched(client, name), policy=policy)

    assert found.faults == ()
    assert found.checkpoint is not None
    assert found.checkpoint.size == 1


def test_tiles_may_be_kept_for_ever_and_the_head_may_not(
    client: Client, issued: Certificate
) -> None:
    head = client.get("/log/checkpoint")
    tile = client.get("/log/tile/0/000.p/1")
    entries = client.get("/log/tile/entries/000.p/1")

    assert head["Content-Type"] == "text/plain; charset=utf-8"
    assert head["Cache-Control"] == "no-cache"
    for answer in (tile, entries):
        assert answer["Content-Type"] == "application/octet-stream"
        assert "immutable" in answer["Cache-Control"]
        assert not answer.has_header("Vary")
    assert (len(tile.content), len(entries.content)) == (32, 35)
    assert {a["Access-Control-Allow-Origin"] for a in (head, tile, entries)} == {"*"}


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/001", "tile/0/000", "tile/0/000.p/2", "tile/9/000", "tile/0/../../checkpoint",
        "tile/0/%2e%2e/x", "tile/0/0", "tile/x/000", "tile/", "elsewhere", "tile/0/000.p/1%00",
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(client: Client, issued: Certificate, path: str) -> None:
    assert client.get(f"/log/{path}").status_code == 404


def test_the_page_tells_size_and_that_no_witness_is_named(
    client: Client, issued: Certificate
) -> None:
    said = words(client)

    assert queries.state().root in said
    assert "belum ada saksi" in said
    assert "Entri 1" in said


def test_the_page_tells_who_has_and_who_has_not_witnessed(
    client: Client, issued: Certificate, policy: Policy
) -> None:
    said = words(client)

    assert "0 dari 2" in said
    assert "w1.example" in said
    assert said.count("belum ditanya") == 2


def test_a_witness_that_saw_another_log_is_told_above_all(
    client: Client, issued: Certificate, policy: Policy
) -> None:
    first = next(iter(policy.witnesses.values())).key
    Witness.objects.create(key=str(first), name=first.name, answer="forked")

    said = words(client)

    assert "Saksi ini pernah melihat log lain" in said
