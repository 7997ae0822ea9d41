"""Who asks to be certified? Individual and collective applications with their documents.

Source: ISO/IEC 17024, 9.1.
"""
