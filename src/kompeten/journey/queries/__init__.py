"""Where does one person stand, and how far are the people of a list, and who waits too long?"""

from kompeten.journey.queries.promises import tallies
from kompeten.journey.queries.stations import counts, since, stationed, stuck
from kompeten.journey.queries.ways import glance, mine, way, ways

__all__ = ["counts", "glance", "mine", "since", "stationed", "stuck", "tallies", "way", "ways"]
