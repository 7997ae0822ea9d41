"""Are uploads scanned for malicious software, and does the scanner answer?"""

from kompeten.applications import queries
from kompeten.ops.findings import Finding, Level


def scanner() -> Finding:
    """Say who scans uploads, what of its knowledge it tells, and how many documents nobody has judged."""
    found = queries.scanner_state()
    if not found.named:
        text = f"uploads are not scanned for malicious software; {found.waiting} stand so"
        return Finding("uploads", Level.WARN, text, "install clamav-daemon; set KOMPETEN_CLAMD")
    if found.problem:
        text = f"the scanner is silent, {found.waiting} documents wait for it: {found.problem}"
        return Finding("uploads", Level.PROBLEM, text, "start clamd; see KOMPETEN_CLAMD")
    return Finding("uploads", Level.OK, f"scanned by {found.version}; {found.waiting} wait")
