"""Is what there is to send told in full, and small where a photo may be made small?"""

from kompeten.schemes.adapters import reader
from kompeten.schemes.rules import weight
