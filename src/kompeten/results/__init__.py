"""What do the means say together? Sealed result sheets.

Source: ISO/IEC 17024, 9.2.
"""
