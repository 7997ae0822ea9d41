"""Are the keys, the certificates and the public log well? A part of `kompeten doctor`."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from cryptography import x509
from django.conf import settings

from kompeten.certificates import queries as certificates
from kompeten.ops.findings import PROBE, Finding, Level
from kompeten.register.queries import log, logkeys
from kompeten.register.terms.log import LogKeyState, LogState

DEMONSTRATION = "Otoritas Peragaan"
NAMED = 5  # so many held certificates are told by number


def keys() -> Finding:
    """Say whether the keys sign, and who vouches for them."""
    # An isolation point: a key may be missing, locked or broken in ways of its library's own.
    try:
        signer = certificates.keys().signer
        signer.sign(PROBE)
        root = x509.load_der_x509_certificate(signer.chain[-1]).subject.rfc4514_string()
    except Exception as error:  # noqa: BLE001 (shown)
        advice = "run `kompeten prepare`; see KOMPETEN_KEY_PASSPHRASE"
        return Finding("keys", Level.PROBLEM, f"cannot sign: {error}", advice)
    if DEMONSTRATION in root:
        text = "they sign, by a demonstration authority that nobody outside knows"
        return Finding("keys", Level.WARN, text, "get the body's own certificate before real use")
    return Finding("keys", Level.OK, "they sign")


def held() -> Finding:
    """Say whether certificates were set aside, and which."""
    held = list(certificates.held().values_list("number", "reasons"))
    if not held:
        return Finding("certificates", Level.OK, "none is set aside")
    codes = Counter(code for _, reasons in held for code in reasons)
    why = ", ".join(f"{code} ({n})" for code, n in codes.most_common())
    named = "; ".join(number for number, _ in held[:NAMED])
    more = f"; and {len(held) - NAMED} more" if len(held) > NAMED else ""
    text = f"{len(held)} set aside for {why}: {named}{more}"
    advice = "a registrar or the director puts them right at /kantor/sertifikat/tertahan/"
    return Finding("certificates", Level.WARN, text, advice)


def public_log() -> Iterable[Finding]:
    """Say whether the log only grows, and who outside watches it."""
    # An isolation point: a key, a store or a policy may be broken in ways of their own.
    try:
        state, fault = log.state(), log.fault()
    except Exception as error:  # noqa: BLE001 (shown)
        advice = "see KOMPETEN_LOG_POLICY, KOMPETEN_KEY_PASSPHRASE and log/log.key"
        yield Finding("log", Level.PROBLEM, f"cannot be looked at: {error}", advice)
        return
    text = f"{state.entries:,} entries, {state.waiting} under no signed head"
    if fault:
        advice = "nothing is issued; see docs/rooms/register-log.md, *When it stops*"
        yield Finding("log", Level.PROBLEM, fault, advice)
    elif state.waiting:
        yield Finding("log", Level.WARN, text, "start `kompeten work`, or read its log")
    else:
        yield Finding("log", Level.OK, text)
    leaving = [k for k in logkeys.history() if k.state is LogKeyState.LEAVING]
    if leaving:
        text = "two keys sign the log: a rotation is under way"
        advice = "once every witness knows the new key: `kompeten keys rotate --log --finish`"
        yield Finding("log", Level.WARN, text, advice)
    yield _witnesses(state)


def _witnesses(state: LogState) -> Finding:
    text = f"{state.cosigned} of {len(state.witnesses)} have cosigned the log's head"
    if state.alarms:
        names = ", ".join(witness.name for witness in state.alarms)
        advice = "stop, find out why, and tell them; see docs/rooms/register-log.md"
        return Finding("witnesses", Level.PROBLEM, f"{names} saw another log than ours", advice)
    if not state.witnesses:
        text = "nobody outside watches the log: we could rewrite it unseen"
        return Finding("witnesses", Level.WARN, text, "name some with KOMPETEN_LOG_POLICY")
    if not state.is_witnessed and state.size:
        return Finding("witnesses", Level.WARN, text, "run `kompeten register status`")
    return Finding("witnesses", Level.OK, text)


def lasting(at: datetime) -> Iterable[Finding]:
    """Say whether signatures will last: revocation lists, time stamps, the national signature."""
    keys = certificates.keys()
    if not any(certificates.is_current(crl, at=at) for crl in keys.crls):
        text = (
            "no current revocation list of whoever vouches for our key; sheets go out without one"
        )
        yield Finding("revocation", Level.WARN, text, "run `kompeten keys crl`")
    else:
        yield Finding("revocation", Level.OK, f"{len(keys.crls)} current list")
    if settings.OPTIONS.timestamp_url and (waiting := certificates.to_stamp().count()):
        text = f"{waiting} sheets wait for a time stamp"
        yield Finding(
            "time stamps", Level.WARN, text, "see the worker's log; they are tried each minute"
        )
    first = certificates.to_countersign().first()
    if first is not None:
        count = certificates.to_countersign().count()
        why = certificates.awaited_reason(first) or "not tried yet"
        text = f"{count} certificates are provisional: {why}"
        yield Finding("national signature", Level.WARN, text, "see docs/operate/keys.md")
