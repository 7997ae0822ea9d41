"""Competent, or not yet? A committee that examined nobody decides.

Source: ISO/IEC 17024, 9.4.
"""
