"""What does the holder carry? Certificates, reserved, intended, signed, checked, published.

Source: ISO/IEC 17024, 9.4.7 to 9.5.
"""
