"""One phone, several people in turn: what stands in both faces from which somebody can be helped.

The helper's log-in stays where it is, but while it lends a hand the session acts as the person at the
device, with the helper's name beside (`Actor.helped_by`), and next to nothing else is open (`gate`).
It stands here and not in a face, since an officer begins in one face and the person goes on in another.
"""
