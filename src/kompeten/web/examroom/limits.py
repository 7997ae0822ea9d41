"""Does somebody ask too often? Counted in the cache, by whatever the view counts."""

from django.core.cache import cache


def too_often(name: str, *, most: int, seconds: int) -> bool:
    """Count one more under `name` and say whether there were more than `most` in these `seconds`."""
    place = f"limit/{name}"
    cache.add(place, 0, seconds)
    try:
        return cache.incr(place) > most
    except ValueError:  # it lapsed between the two lines
        return False


def was_too_often(name: str, *, most: int) -> bool:
    """Say whether `most` were counted under `name` already, without counting."""
    return int(cache.get(f"limit/{name}", 0)) >= most
