"""Who is tied to whom? The one place that answers: may this person act on that one?

Source: ISO/IEC 17024, 5.2 and 6.2.2.3.
"""
