"""What is on a stranger's paper, and what may be kept of it? Opened in a process apart, never in ours."""

from kompeten.applications.adapters.papers.apart import (
    EDGE,
    MAX_PAGES,
    PaperRefused,
    cleaned,
    count,
    drawn,
)

__all__ = ["EDGE", "MAX_PAGES", "PaperRefused", "cleaned", "count", "drawn"]
