"""What may anybody see and check? The public projection and the check of a certificate.

Source: ISO/IEC 17024, 7.2.
"""
