"""What does the candidate know? Sittings, entries, attempts and answers.

Source: ISO/IEC 17024, 9.3.
"""
