"""Who was prepared by whom? Preparation sessions and attendance, behind a wall.

Source: ISO/IEC 17024, 5.2.
"""
