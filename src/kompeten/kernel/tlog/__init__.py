"""How does a log show that nothing was taken away from it? Trees, tiles, notes and proofs as pure bytes.

Source: RFC 6962, section 2.1; C2SP (c2sp.org): signed-note, tlog-checkpoint, tlog-cosignature,
tlog-proof, tlog-policy, tlog-tiles, tlog-witness.
"""
