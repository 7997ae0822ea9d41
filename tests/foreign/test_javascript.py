"""Does code in another language, by other people, read what we sign, and we what it signs?

Digital Bazaar's reference implementation, from npm; `.ci/run` installs it. It is given every document
that it may load, so it asks no network either.
"""

import json
import random
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519

from kompeten.certificates.adapters import credential, statuslist
from kompeten.certificates.terms import Content, Identity, StatusPurpose, StatusSlot
from kompeten.foundation import clock
from kompeten.foundation.vc import did, held, linked, multibase, proofs, rdfc
from kompeten.foundation.vc.proofs import Expected
from kompeten.foundation.vc.statements import Quad
from kompeten.register.adapters import did as naming
from tests.make.certificates import ANI, ISSUER, SIGNED_AT, folder, keys
from tests.rules.credentials.test_statements import SAID

pytestmark = pytest.mark.javascript

FOLDER = Path(__file__).parents[1] / "javascript"
AT = datetime(2027, 5, 3, tzinfo=UTC)
PLACE = 54_321
FULL = replace(
    ANI,
    status=StatusSlot(1, PLACE),
    identity=Identity("emailAddress", "sha256$" + "0a" * 32, "garam"),
)


def asked(tasks: list[dict[str, Any]], **documents: Any) -> list[dict[str, Any]]:
    """Return what the other implementation answers to each task."""
    contexts = {
        address: json.loads(held.content(address) or b"null") for address in sorted(held.PINNED)
    }
    said = {"documents": contexts | documents, "now": AT.isoformat()[:19] + "Z", "tasks": tasks}
    done = subprocess.run(
        ["node", "foreign.mjs"],
        cwd=FOLDER,
        input=json.dumps(said),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    return answers


@cache
def ours(content: Content = FULL) -> dict[str, Any]:
    """Return our credential of a content."""
    key = keys().credential_signer
    issued: dict[str, Any] = json.loads(
        credential.issue(content, issuer=ISSUER, signer=key, at=SIGNED_AT)
    )
    return issued


def published(
    *, withdrawn: tuple[int, ...] = (), suspended: tuple[int, ...] = ()
) -> dict[str, Any]:
    """Return what our site publishes: keys, each by its own address too, and both lists."""
    document = naming.document((folder() / "trust.json").read_bytes(), ISSUER.id)
    assert document is not None
    methods = {
        method["id"]: {"@context": held.MULTIKEY, **method}
        for method in document["verificationMethod"]
    }
    lists = {}
    for purpose, set_ in zip(StatusPurpose, (withdrawn, suspended), strict=True):
        raw = statuslist.issue(
            set_,
            purpose=purpose,
            number=1,
            issuer=ISSUER,
            signer=keys().credential_signer,
            # Their reader of lists asks the clock of the machine, whatever instant it is given.
            at=clock.now(),
        )
        lists[json.loads(raw)["id"]] = json.loads(raw)
    return {document["id"]: document, **methods, **lists}


def test_it_accepts_our_credential_by_each_proof_and_by_both() -> None:
    whole = ours()
    each = [{**whole, "proof": [proof]} for proof in whole["proof"]]
    plain = ours(replace(ANI, level=None, programme=None))

    answers = asked([{"verify": one} for one in (whole, *each, plain)], **published())

    assert [sorted(answer.get("ok", answer)) for answer in answers] == [
        ["eddsa-jcs-2022", "eddsa-rdfc-2022"],
        ["eddsa-rdfc-2022"],
        ["eddsa-jcs-2022"],
        ["eddsa-jcs-2022", "eddsa-rdfc-2022"],
    ]


def leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the way to each text, number or truth value within a JSON value."""
    if isinstance(value, dict):
        return [way for name, inner in value.items() for way in leaves(inner, (*path, name))]
    if isinstance(value, list):
        return [way for n, inner in enumerate(value) for way in leaves(inner, (*path, n))]
    return [path]


def changed(document: dict[str, Any], path: tuple[Any, ...]) -> dict[str, Any]:
    """Return a document in which one leaf says something else."""
    copy: Any = json.loads(json.dumps(document))
    holder = copy
    for step in path[:-1]:
        holder = holder[step]
    old = holder[path[-1]]
    holder[path[-1]] = (
        not old if isinstance(old, bool) else old + 1 if isinstance(old, int) else old + "x"
    )
    changed_document: dict[str, Any] = copy
    return changed_document


@pytest.mark.parametrize("proof", [0, 1])
def test_it_refuses_our_credential_wherever_one_leaf_is_changed(proof: int) -> None:
    whole = ours()
    alone = {**whole, "proof": [whole["proof"][proof]]}
    ways = leaves(alone)

    answers = asked([{"verify": changed(alone, way)} for way in ways], **published())

    believed = [way for way, answer in zip(ways, answers, strict=True) if "ok" in answer]
    assert (believed, len(ways) > 70) == ([], True)


@pytest.mark.parametrize(
    ("set_", "purpose"),
    [({"withdrawn": (PLACE,)}, "revocation"), ({"suspended": (PLACE,)}, "suspension")],
)
def test_it_sees_in_our_lists_what_was_withdrawn_or_suspended(
    set_: dict[str, tuple[int, ...]], purpose: str
) -> None:
    (answer,) = asked([{"verify": ours()}], **published(**set_))

    assert answer == {"refused": f"Error: status: {purpose}"}


def test_it_draws_the_same_statements_from_our_documents_and_from_strange_ones() -> None:
    documents = [credential.unsigned(content, issuer=ISSUER) for content in (ANI, FULL)] + SAID

    answers = asked([{"canonize": document} for document in documents])

    assert [answer["ok"].encode() for answer in answers] == [
        linked.canonical(document) for document in documents
    ]


def graph(chance: random.Random) -> set[Quad]:
    """Return a small graph in which nodes are hard to tell apart, some of them names of graphs."""
    nodes = [f"_:n{n}" for n in range(chance.randint(1, 7))]
    ends = [*nodes, *nodes, "<urn:o>", '"text"']
    graphs = ["", "", "", "<urn:g>", nodes[0]]
    return {
        Quad(chance.choice(nodes), "<urn:p>", chance.choice(ends), chance.choice(graphs))
        for _ in range(chance.randint(1, 12))
    }


def test_it_puts_statements_in_the_same_order() -> None:
    chance = random.Random(20261129)
    graphs = [graph(chance) for _ in range(500)]

    answers = asked([{"order": "".join(rdfc.line(quad) for quad in one)} for one in graphs])

    assert [answer["ok"].encode() for answer in answers] == [rdfc.canonical(one) for one in graphs]


def test_we_accept_what_it_signs_and_nothing_changed() -> None:
    secret = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    public = secret.public_key().public_bytes_raw()
    key = {
        "id": did.method_of_key(public),
        "controller": did.of_key(public),
        "publicKeyMultibase": multibase.public_key(public),
        "secretKeyMultibase": multibase.encode(b"\x80\x26" + bytes(range(32)) + public),
    }
    stated = {
        "@context": [held.CREDENTIALS, held.EXAMPLES],
        "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
        "type": ["VerifiableCredential"],
        "issuer": did.of_key(public),
        "credentialSubject": {"id": "did:example:a", "alumniOf": "Politeknik"},
    }
    presentation = {
        "@context": [held.CREDENTIALS],
        "type": ["VerifiablePresentation"],
        "holder": did.of_key(public),
        "verifiableCredential": [stated],
    }

    issued, presented = asked(
        [
            {"issue": stated, "key": key},
            {"present": presentation, "challenge": "u1", "domain": "a.example", "key": key},
        ]
    )

    assert proofs.verify(issued["ok"], key_of=did.key_of_method, at=AT)
    occasion = Expected("authentication", "a.example", "u1")
    assert proofs.verify(presented["ok"], key_of=did.key_of_method, at=AT, expected=occasion)
    for way in leaves(issued["ok"]):
        with pytest.raises(proofs.ProofInvalid):
            proofs.verify(changed(issued["ok"], way), key_of=did.key_of_method, at=AT)
