"""How are W3C credentials written, signed and read? The machinery, which knows no certificate of ours.

Nothing in here asks the network, a database or a clock: contexts are held as files, keys and times
are given.
"""
