"""What is the fingerprint of a record or of bytes? Written `sha256:` and 64 hexadecimal digits."""

import hashlib
from typing import Any

from kompeten.kernel import canonical


def of_bytes(content: bytes) -> str:
    """Return the digest of `content` as it stands."""
    return "sha256:" + hashlib.sha256(content).hexdigest()


def of(value: Any) -> str:
    """Return the digest of the canonical bytes of `value`."""
    return of_bytes(canonical.dumps(value))
