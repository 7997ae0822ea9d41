"""Is a webhook called as Standard Webhooks says, and never where it must not lead?"""

import base64
import hashlib
import hmac
import socket
import ssl
import time
from datetime import UTC, datetime
from typing import Any

import pytest

from kompeten.notices.adapters.webhook import HttpsCaller
from kompeten.notices.ports import Gone, Unavailable
from tests.make.bell import HOST, receiver

SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()
BODY = b'{"data":{"number":"88900"},"type":"certificate.suspended"}'
AT = datetime(2026, 3, 12, 4, 5, 6, tzinfo=UTC)


def call(caller: HttpsCaller, url: str) -> None:
    caller(url, key="msg_K7XQ2M9D4T", body=BODY, secret=SECRET)


def trouble(caller: HttpsCaller, url: str) -> str:
    with pytest.raises(Unavailable) as refused:
        call(caller, url)
    return str(refused.value)


def test_a_message_arrives_signed_over_id_time_and_body() -> None:
    with receiver() as system:
        call(system.caller(now=lambda: AT), system.url)

    [(headers, body)] = system.got
    signed = b"msg_K7XQ2M9D4T." + headers["webhook-timestamp"].encode() + b"." + body
    expected = base64.b64encode(hmac.digest(bytes(range(32)), signed, hashlib.sha256)).decode()
    assert body == BODY
    assert headers["webhook-id"] == "msg_K7XQ2M9D4T"
    assert headers["webhook-timestamp"] == str(int(AT.timestamp()))
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert headers["content-type"] == "application/json"
    assert headers["host"] == f"{HOST}:{system.server_port}"
    assert system.paths == ["/kait?x=1"]


@pytest.mark.parametrize("status", [200, 201, 204])
def test_a_yes_is_any_of_the_two_hundreds(status: int) -> None:
    with receiver(status) as system:
        call(system.caller(), system.url)


@pytest.mark.parametrize("status", [400, 404, 429, 500, 503])
def test_a_no_is_told_by_its_status(status: int) -> None:
    with receiver(status) as system:
        assert trouble(system.caller(), system.url) == f"HTTP {status}"


def test_gone_ends_it() -> None:
    with receiver(410) as system, pytest.raises(Gone):
        call(system.caller(), system.url)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_nobody_is_led_elsewhere(status: int) -> None:
    with receiver(status) as system:
        assert trouble(system.caller(), system.url) == f"HTTP {status}"

    assert system.paths == ["/kait?x=1"]


@pytest.mark.parametrize("seconds", [0.5, 1.4])
def test_a_receiver_that_drips_its_answer_is_hung_up_on(seconds: float) -> None:
    # Cut within the line that says 200, and within the headers behind it.
    with receiver("drip") as system:
        began = time.monotonic()
        told = trouble(system.caller(seconds=seconds), system.url)

    assert time.monotonic() - began < seconds + 3
    assert told in {"TimeoutError", "BadStatusLine", "RemoteDisconnected"}


def test_a_receiver_that_never_says_hello_is_not_waited_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, receiver() as system:
        url = f"https://{HOST}:{silent.getsockname()[1]}/"

        began = time.monotonic()
        trouble(system.caller(seconds=0.4), url)

    assert time.monotonic() - began < 3


def test_a_receiver_that_hangs_up_or_is_away_is_told_in_one_line() -> None:
    with receiver("die") as system:
        cut = trouble(system.caller(), system.url)
        url, caller = system.url, system.caller()
    away = trouble(caller, url)

    assert "\n" not in cut + away
    assert away == "ConnectionRefusedError 111"


def test_whoever_answers_has_to_be_who_the_address_says() -> None:
    with receiver() as system:
        other = system.url.replace(HOST, "lain.example.go.id")
        assert trouble(system.caller(), other) == "webhook.bad_certificate"
        plain = ssl.create_default_context()  # trusts the world's authorities, not this one
        assert trouble(system.caller(context=plain), system.url) == "webhook.bad_certificate"

    assert system.got == []


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"], ["10.0.0.7"], ["192.168.1.1"], ["169.254.169.254"], ["100.64.0.1"], ["::1"],
        ["fe80::1%eth0"], ["fd00::1"], ["::ffff:127.0.0.1"], ["64:ff9b::7f00:1"], ["2002:7f00:1::"],
        ["224.0.0.1"], ["0.0.0.0"], ["8.8.8.8", "127.0.0.1"], [], ["bukan alamat"],
    ],
)  # fmt: skip
def test_no_name_leads_into_a_private_network(addresses: list[str]) -> None:
    connected: list[Any] = []
    caller = HttpsCaller(lookup=lambda host, port: addresses)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "create_connection", lambda *a, **k: connected.append(a))
        assert trouble(caller, f"https://{HOST}/") == "webhook.not_public"

    assert connected == []


def test_the_line_goes_to_the_very_address_that_was_looked_at() -> None:
    asked: list[Any] = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["8.8.8.8"] if len(asked) == 1 else ["127.0.0.1"]

    def refused(address: Any, *_: Any, **__: Any) -> socket.socket:
        raise ConnectionRefusedError(111, str(address))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "create_connection", refused)
        with pytest.raises(Unavailable) as told:
            call(HttpsCaller(lookup=rebinding), f"https://{HOST}/")

    assert str(told.value.__cause__) == "[Errno 111] ('8.8.8.8', 443)"
    assert asked == [HOST]


def test_only_https_is_called() -> None:
    caller = HttpsCaller(lookup=lambda host, port: ["8.8.8.8"])

    assert trouble(caller, f"http://{HOST}/") == "webhook.not_https"
