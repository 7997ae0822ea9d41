"""Does the file meet the requirements? Eligibility reviews and correction requests.

Source: ISO/IEC 17024, 9.1.
"""
