"""What is certified, and by which rules? Scheme versions as data, published and then never changed.

Source: ISO/IEC 17024, 8.
"""
