"""What is asked in the written exam? Items, case sets, reviews and assembled forms.

Source: ISO/IEC 17024, 9.3.
"""
