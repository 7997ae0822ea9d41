"""What can the candidate do? Practice exam and interview, rated by independent assessors.

Source: ISO/IEC 17024, 9.3.
"""
