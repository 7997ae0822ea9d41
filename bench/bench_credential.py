"""What do a credential and a status list cost, and how large are they?

    python bench/bench_credential.py [rounds]      default 200; milliseconds of this process's CPU

The aims: a status list of 131,072 built under 50 ms, and under 3,000 bytes transferred when under 1 %
of it is set. The baselines are other implementations of the same standards.
"""

import gzip
import json
import random
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from statistics import median
from typing import Any

from scratch import house

house()

from pyld import jsonld  # noqa: E402 (the house comes first)

from kompeten.certificates.adapters import credential, statuslist  # noqa: E402
from kompeten.certificates.terms import Identity, StatusPurpose, StatusSlot  # noqa: E402
from kompeten.foundation.vc import linked, status  # noqa: E402
from kompeten.register.adapters import credential as reader  # noqa: E402
from kompeten.register.terms import When  # noqa: E402
from tests.make.certificates import ANI, ISSUER, SIGNED_AT, keys, trusted  # noqa: E402
from tests.make.linked import held_loader  # noqa: E402

OF = replace(
    ANI,
    status=StatusSlot(1, 54_321),
    identity=Identity("emailAddress", "sha256$" + "0a" * 32, "garam"),
)
SHARES = (0, 0.001, 0.0099, 0.5)


def measured(name: str, rounds: int, run: Callable[[], Any]) -> float:
    """Print and return the median milliseconds of CPU."""
    run()
    took = []
    for _ in range(rounds):
        begun = time.process_time()
        run()
        took.append((time.process_time() - begun) * 1000)
    print(f"{name:58} {median(took):9.2f} ms", flush=True)
    return median(took)


def lists(rounds: int) -> None:
    """Measure building and transferring status lists."""
    chance = random.Random(20261129)
    for share in SHARES:
        set_ = chance.sample(range(status.SMALLEST), int(status.SMALLEST * share))

        def made(set_: list[int] = set_) -> bytes:
            return statuslist.issue(
                set_,
                purpose=StatusPurpose.REVOCATION,
                number=1,
                issuer=ISSUER,
                signer=keys().credential_signer,
                at=SIGNED_AT,
            )

        measured(f"status list of 131,072, {share:.2%} set, signed", rounds, made)
        print(f"{'  transferred, gzip':58} {len(gzip.compress(made())):9,} bytes")


def main(rounds: int) -> None:
    """Measure and print."""
    document = credential.unsigned(OF, issuer=ISSUER)
    key = keys().credential_signer
    made = credential.issue(OF, issuer=ISSUER, signer=key, at=SIGNED_AT)
    later = When(SIGNED_AT + timedelta(days=1))
    options: dict[str, Any] = {
        "algorithm": "URDNA2015",
        "format": "application/n-quads",
        "base": "",
    }
    options |= {"documentLoader": held_loader}
    measured("statements of a credential, canonical", rounds, lambda: linked.canonical(document))
    measured("baseline: PyLD", rounds // 4, lambda: jsonld.normalize(document, options))
    measured(
        "credential, both proofs",
        rounds,
        lambda: credential.issue(OF, issuer=ISSUER, signer=key, at=SIGNED_AT),
    )
    measured("verdict on it", rounds, lambda: reader.verify(made, trust=trusted(), when=later))
    print(f"{'  size':58} {len(made):9,} bytes; {len(gzip.compress(made)):,} with gzip")
    print(f"{'  of these the content':58} {len(json.dumps(document)):9,} bytes before the proofs")
    lists(max(1, rounds // 10))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
