"""Does any credential or presentation hold? Its shape, its words, its proofs, its period, its status.

Nothing is fetched: keys are those in a did:key and those of this house, status lists those of this
house. What was therefore not looked up is said as a warning, never passed over.

Source: W3C Verifiable Credentials Data Model v2.0, section 7.1; VC-API v0.3, sections 3.3 and 3.5.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from kompeten.api.vc.problems import Problem
from kompeten.foundation.vc import did, integrity, jose, linked, model, proofs, status, times
from kompeten.foundation.vc.proofs import Expected, KeyOf, ProofInvalid, Proven
from kompeten.foundation.vc.words import Unsafe

AUTHENTICATION = "authentication"

# What the register says of a key, in words; it has a code of its own for each.
_FAULTS = {
    "issuer.compromised": "may be in other hands",
    "issuer.not_in_use": "was not in use when this was signed",
}


class NotVerified(ValueError):
    """It does not hold, and by which name."""

    def __init__(self, problem: Problem, detail: str) -> None:
        super().__init__(detail)
        self.problem = problem


# The purpose and the bits of a published list by its address, or None: it is not ours.
ListOf = Callable[[str], tuple[str, bytes] | None]


class FaultOf(Protocol):
    """Say why a key does not count for what was signed at an instant, as a code; "" if it does."""

    def __call__(self, method: str, /, *, claimed: datetime | None) -> str: ...


@dataclass(frozen=True)
class Verifier:
    """Who judges, at an instant: whose keys are known and for which time, and whose lists."""

    key_of: KeyOf
    fault_of: FaultOf
    list_of: ListOf
    at: datetime
    warnings: list[str] = field(default_factory=list)

    def credential(self, document: Any, options: Mapping[str, Any]) -> None:
        """Judge a credential, also one in an envelope.

        :raises NotVerified: it does not hold
        """
        expected = _expected(options, purpose=integrity.ASSERTION)
        if isinstance(document, Mapping) and document.get("type") in _one(model.ENVELOPED):
            stated, method = self._opened(document, model.ENVELOPED)
            methods = [method]
            self._shape(stated, model.credential)
        else:
            stated = self._shape(document, model.credential)
            methods = self._proven(stated, expected)
        _signed_by(model.party(stated["issuer"]), methods, "the issuer")
        self._period(stated)
        for entry in _entries(stated):
            self._entry(entry)

    def presentation(self, document: Any, options: Mapping[str, Any]) -> None:
        """Judge a presentation and every credential in it, also one in an envelope.

        :raises NotVerified: it, or one of them, does not hold
        """
        expected = _expected(options, purpose=AUTHENTICATION)
        if isinstance(document, Mapping) and document.get("type") in _one(
            model.ENVELOPED_PRESENTATION
        ):
            stated, method = self._opened(document, model.ENVELOPED_PRESENTATION)
            methods = [method]
            self._shape(stated, model.presentation)
        else:
            stated = self._shape(document, model.presentation)
            methods = self._proven(stated, expected)
        holder = model.party(stated["holder"]) if "holder" in stated else ""
        if holder:
            _signed_by(holder, methods, "the holder")
        for credential in model.presented(stated):
            self._presented(credential, holder)

    def _presented(self, credential: Mapping[str, Any], holder: str) -> None:
        """Judge a credential in a presentation: what the holder says of themselves needs no more proof."""
        is_bare = "proof" not in credential and credential.get("type") not in _one(model.ENVELOPED)
        if not is_bare:
            self.credential(credential, {})
            return
        stated = self._shape(credential, model.credential)
        if not holder or model.party(stated["issuer"]) != holder:
            raise NotVerified(
                Problem.CRYPTOGRAPHIC,
                "a credential bears no proof and is not the holder's",
            )
        self._period(stated)

    def _shape(self, document: Any, check: Callable[[Any], Mapping[str, Any]]) -> Mapping[str, Any]:
        try:
            stated = check(document)
            # Also where only the JSON was signed: a word that nobody defined means nothing.
            linked.canonical(stated)
        except (model.Malformed, Unsafe) as error:
            raise NotVerified(Problem.MALFORMED, str(error)) from error
        return stated

    def _proven(self, stated: Mapping[str, Any], expected: Expected) -> list[str]:
        try:
            found = proofs.verify(stated, key_of=self.key_of, at=self.at, expected=expected)
        except proofs.ForAnotherDomain as error:
            raise NotVerified(Problem.DOMAIN, str(error)) from error
        except proofs.ForAnotherChallenge as error:
            raise NotVerified(Problem.CHALLENGE, str(error)) from error
        except ProofInvalid as error:
            raise NotVerified(Problem.PROOF, str(error)) from error
        for one in found:
            # Without a date it is one of today: of a key that has ended there are no more.
            self._in_time(one.method, one.created or self.at)
        self._same_statements(stated, found)
        return [one.method for one in found]

    def _in_time(self, method: str, claimed: datetime | None) -> None:
        if fault := self.fault_of(method, claimed=claimed):
            raise NotVerified(Problem.CRYPTOGRAPHIC, f"the key {method} {_FAULTS[fault]}")

    def _same_statements(self, stated: Mapping[str, Any], found: Sequence[Proven]) -> None:
        """Refuse contexts, appended after a signature, that give its words another meaning.

        `eddsa-jcs-2022` lets them be appended (3.3.2, step 4), and holds for the document without them
        alone. Whoever is told that it holds reads the one that was handed in.
        """
        whole = _listed(stated["@context"])
        signed: list[Mapping[str, Any]] = []
        for one in found:  # once each: what it means takes 0.1 s to find out for 64 kB
            if _listed(one.document["@context"]) != whole and one.document not in signed:
                signed.append(one.document)
        if not signed:
            return
        meant = linked.canonical({n: value for n, value in stated.items() if n != "proof"})
        for document in signed:
            try:
                is_same = linked.canonical(document) == meant
            except Unsafe as error:
                raise NotVerified(Problem.PROOF, f"as it was signed, {error}") from error
            if not is_same:
                detail = "a context appended after the signature gives a word another meaning"
                raise NotVerified(Problem.PROOF, detail)
        self.warnings.append("a context was appended after the signature; it changes no statement")

    def _opened(self, document: Mapping[str, Any], kind: str) -> tuple[Mapping[str, Any], str]:
        typ = jose.TYPE if kind == model.ENVELOPED else "vp+jwt"
        try:
            stated, method = jose.read(model.envelope(document, kind), key_of=self.key_of, kind=typ)
        except model.Malformed as error:
            raise NotVerified(Problem.MALFORMED, str(error)) from error
        except jose.TokenInvalid as error:
            raise NotVerified(Problem.CRYPTOGRAPHIC, str(error)) from error
        self._in_time(method, None)
        return stated, method

    def _period(self, stated: Mapping[str, Any]) -> None:
        if "validFrom" in stated and self.at < times.read(stated["validFrom"]):
            raise NotVerified(Problem.RANGE, "it is not yet valid")
        if "validUntil" in stated and self.at > times.read(stated["validUntil"]):
            raise NotVerified(Problem.RANGE, "it is no longer valid")

    def _entry(self, entry: Mapping[str, Any]) -> None:
        """Look up one entry: Bitstring Status List v1.0, section 3.2."""
        address = entry.get("statusListCredential")
        found = self.list_of(str(address)) if model.is_bitstring_entry(entry) else None
        if found is None:
            self.warnings.append(f"the status was not looked up: {address or entry.get('type')}")
            return
        purpose, bits = found
        if entry["statusPurpose"] != purpose:
            raise NotVerified(Problem.STATUS, "the list is of another purpose")
        size = entry.get("statusSize", 1)
        first = status.read_index(entry["statusListIndex"]) * size
        try:
            is_set = any(status.is_set(bits, first + bit) for bit in range(size))
        except status.ListInvalid as error:
            raise NotVerified(Problem.STATUS_RANGE, str(error)) from error
        if is_set:
            raise NotVerified(Problem.STATUS, f"{entry['statusPurpose']} is set")


def _signed_by(who: str, methods: list[str], what: str) -> None:
    """Ask for a proof by `who`; others may have signed beside or before (Data Integrity 2.1.1, 2.1.2)."""
    if who not in map(did.controller, methods):
        raise NotVerified(Problem.CRYPTOGRAPHIC, f"another than {what} signed it")


def _expected(options: Mapping[str, Any], *, purpose: str) -> Expected:
    wanted = {name: options.get(name) for name in ("expectedProofPurpose", "domain", "challenge")}
    if not all(value is None or isinstance(value, str) for value in wanted.values()):
        raise NotVerified(Problem.MALFORMED, "an option is no text")
    return Expected(
        wanted["expectedProofPurpose"] or purpose, wanted["domain"], wanted["challenge"]
    )


def _entries(stated: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return _listed(stated.get("credentialStatus", []))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _one(kind: str) -> tuple[Any, ...]:
    return (kind, [kind])
