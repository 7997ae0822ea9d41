"""Can the register be copied, or numbers be guessed, by asking again and again?"""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from kompeten.certificates.models import Certificate
from kompeten.foundation import lookups

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bounded_looks")]


def looked(client: Client, number: str, **meta: str) -> Any:
    return client.get("/periksa/", {"nomor": number}, **meta)  # type: ignore[arg-type]


def test_numbers_are_not_guessed_for_long(client: Client, issued: Certificate) -> None:
    for n in range(lookups.MISSES):
        assert looked(client, f"{n:06}/TKS-G/LSP KESOS/III/2027").status_code == 404

    refused = looked(client, issued.number)

    assert refused.status_code == 429
    assert refused["Retry-After"] == "600"
    assert client.get(f"/s/{issued.ref}").status_code == 429


def test_references_that_lead_nowhere_count_too(client: Client, issued: Certificate) -> None:
    for n in range(lookups.MISSES):
        assert client.get(f"/s/TIDAKADA{n:02}").status_code == 404

    assert client.get(f"/s/{issued.ref}").status_code == 429


def test_others_go_on_meanwhile(client: Client, issued: Certificate) -> None:
    for n in range(lookups.MISSES):
        looked(client, f"{n}")

    assert client.get(f"/s/{issued.ref}", REMOTE_ADDR="203.0.113.9").status_code == 200


def test_who_knows_numbers_still_copies_only_a_few_a_minute(
    client: Client, issued: Certificate
) -> None:
    most = settings.OPTIONS.lookups_per_minute

    answers = [client.get(f"/s/{issued.ref}").status_code for _ in range(most + 1)]

    assert answers == [200] * most + [429]


def test_what_a_visitor_writes_into_the_header_is_not_believed(
    client: Client, issued: Certificate
) -> None:
    for n in range(lookups.MISSES):
        looked(client, f"{n}", HTTP_X_FORWARDED_FOR=f"198.51.100.{n}")

    assert looked(client, issued.number, HTTP_X_FORWARDED_FOR="198.51.100.99").status_code == 429


def test_neighbours_in_one_network_of_ipv6_are_one(client: Client, issued: Certificate) -> None:
    for n in range(lookups.MISSES):
        looked(client, f"{n}", REMOTE_ADDR=f"2001:db8:1:2::{n + 1:x}")

    near = looked(client, issued.number, REMOTE_ADDR="2001:db8:1:2:ffff::1").status_code
    far = looked(client, issued.number, REMOTE_ADDR="2001:db8:1:3::1").status_code

    assert (near, far) == (429, 302)
