"""How broad may a word be on a certificate, by the part it stands in?

In em of the smallest size that the part is set in, on sheet or card; a word broader than that would
run off, as nothing is hyphenated. One place, since several rooms judge what is going to be printed
long before a certificate is issued. A test sets the longest word of each part. Pure.

The sheet has 166 mm (470 pt) between its margins, the card 75 mm.
"""

HOLDER = 26  # the sheet 17 pt in 156 mm, the card 8 pt
TITLE = 28  # of a profession and level: the sheet 16 pt, the card 7.4
LINE = 47  # of a scheme or a legal basis: 9.8 and 9 pt
SIGNATORY = 26  # 8 pt in 74 mm
POST = 19  # what stands above the name, and the place: 10.4 pt in 74 mm
UNIT_CODE = 12  # 9.6 pt
UNIT = 31  # what its number and a code leave of the line, 9.6 pt
SCHEME_CODE = 16  # the card 5.8 pt in 35 mm
NUMBER = 15  # of a certificate: the card 8 pt in 45 mm
DECREE = 17  # 10.6 pt in 66 mm
BODY = 37  # the card 5.6 pt
