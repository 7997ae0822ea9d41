"""Who? Persons, accounts, roles for a term, organizations, sites and assessors.

Source: ISO/IEC 17024, 6 and 7.1.
"""
