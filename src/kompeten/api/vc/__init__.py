"""The VC-API: issue and verify any credential over HTTP, with a key that is good for tests only.

The public conformance suites of W3C are pointed at it. It is off unless an option switches it on, and
never signs with a key of the body.

Source: W3C CCG, Verifiable Credential API v0.3.
"""
