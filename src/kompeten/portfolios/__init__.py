"""What has the candidate done? Dossiers of CV and self-description, and their readings.

Source: ISO/IEC 17024, 9.3.
"""
