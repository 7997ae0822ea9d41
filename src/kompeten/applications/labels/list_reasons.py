"""Why does a list, a line of it or what stands in one not do, and what is done about it?"""

from django.utils.translation import gettext_lazy as _

REASON = {
    "person.duplicate": _(
        "This person is already on the list; another line is kept. Nothing needs to be done."
    ),
    "person.resembles": _(
        "Another line has the same name and birth date under another NIK. Check that these "
        "are two people."
    ),
    "person.twins": _(
        "Another line has the same birth date and the same beginning of the NIK under another name, as "
        "twins do. Check that each NIK stands with its own name."
    ),
    "nik.held": _(
        "This NIK is known to us with another name or birth date. Compare both with the identity card; if "
        "they are right, ask the certification body."
    ),
    "name.swapped": _("NIK and name stood in each other's column. They were exchanged."),
    "birth_place.swapped": _(
        "Place and date of birth stood in each other's column. They were exchanged."
    ),
    "phone.swapped": _("Phone and e-mail stood in each other's column. They were exchanged."),
    "level.swapped": _("Profession and level stood in each other's column. They were exchanged."),
    "profession.swapped": _(
        "Profession and route stood in each other's column. They were exchanged."
    ),
    "route.swapped": _("Level and route stood in each other's column. They were exchanged."),
    "nik.missing": _("The NIK is missing. Fill in the 16 digits of the identity card."),
    "nik.length": _(
        "The NIK does not have exactly 16 digits. Type it again from the identity card."
    ),
    "nik.rounded": _(
        "The spreadsheet rounded the NIK: the 16th digit is lost. Format the column as text, "
        "then type the NIK again as text."
    ),
    "nik.rounded_suspected": _(
        "It is not certain that the NIK was rounded, but a number this large may have changed "
        "its last digit."
    ),
    "nik.shared": _(
        "The same NIK stands with another name. One of the two is wrong; check both identity cards."
    ),
    "nik.number": _(
        "The NIK was typed as a number and is complete. Next time, format the column as text."
    ),
    "nik.serial_zero": _("The NIK ends in 0000, which no NIK does. Check the last four digits."),
    "nik.district_unknown": _(
        "The first four digits of the NIK are no present regency or city. Older codes may "
        "have changed; check the identity card."
    ),
    "nik.birth_date_differs": _(
        "The birth date differs from the one in the NIK. Check which of them the identity "
        "card states."
    ),
    "nik.sex_differs": _("The sex differs from the one in the NIK. Check the identity card."),
    "name.missing": _("The name is missing. Fill in the name as on the identity card."),
    "name.formula": _("A formula stands where the name should be. Type the name as text."),
    "name.too_long": _(
        "The name is longer than 120 letters. Shorten it to the name on the identity card."
    ),
    "title_before.letters": _(
        "The title before the name holds a sign that cannot be printed. Write it in Latin letters."
    ),
    "title_after.letters": _(
        "The title after the name holds a sign that cannot be printed. Write it in Latin letters."
    ),
    "birth_place.letters": _(
        "The place of birth holds a sign that cannot be printed. Write it in Latin letters, as on"
        " the identity card."
    ),
    "address.letters": _(
        "The address holds a sign that cannot be printed. Write it in Latin letters."
    ),
    "education.letters": _(
        "The education holds a sign that cannot be printed. Write it in Latin letters."
    ),
    "employer.letters": _(
        "The name of the employer holds a sign that cannot be printed. Write it in Latin letters."
    ),
    "position.letters": _(
        "The position holds a sign that cannot be printed. Write it in Latin letters."
    ),
    "birth_date.missing": _("The birth date is missing. Fill it in as day, month and year."),
    "birth_date.impossible": _(
        "The birth date is no day in a living person's calendar. Write day, month and year, "
        "for example 27/01/1992."
    ),
    "birth_date.too_young": _(
        "By this birth date the person is too young to have an identity card. Check the year."
    ),
    "birth_date.short_year": _(
        "The birth year has two digits only. Check that the century was read rightly."
    ),
    "region.unknown": _(
        "The regency or city code is missing or unknown. Use the Home Affairs code, for "
        "example 32.71."
    ),
    "region.ambiguous": _(
        "This name belongs to a regency and to a city. Write Kabupaten or Kota before it, or the code."
    ),
    "region.differs": _(
        "Code and name of the regency or city do not belong together. Correct the one that is wrong."
    ),
    "scheme.unknown": _(
        "No certification scheme fits this profession and level. Social workers and welfare "
        "workers need a level; educators and volunteers have none."
    ),
    "route.missing": _(
        "The route is missing. Choose direct certification, direct assessment, training or "
        "education."
    ),
    "route.unknown": _(
        "The route is not one that exists. Choose direct certification, direct assessment, "
        "training or education."
    ),
    "route.not_offered": _(
        "This scheme does not offer this route. Choose another route or scheme."
    ),
    "phone.unclear": _("The phone number could not be read and was left empty. Ask for it again."),
    "email.unclear": _(
        "The e-mail address could not be read and was left empty. Ask for it again: without it the "
        "person gets no news."
    ),
    "started_on.unclear": _(
        "The day on which the work began could not be read, or cannot be. It was left empty."
    ),
    "started_on.year_only": _(
        "Only the year in which the work began is given; 1 January is assumed."
    ),
    "practice_hours.unclear": _(
        "The hours of practice could not be read as a number. They were left empty; state them in "
        "the application."
    ),
    "program.unknown": _("The programme is not on the list of known programmes."),
    "text.cut": _("A text was longer than what is kept and has been shortened."),
    "file.empty": _("The file is empty. Save the list again and send it once more."),
    "file.gone": _(
        "The list as it came has been deleted: no line of it waits, and its time was over. What became"
        " of each line is still here."
    ),
    "file.too_large": _(
        "The file is too large. Remove pictures and unneeded sheets, or split the list."
    ),
    "file.encrypted": _(
        "The file is protected by a password. Save it without a password and send it again."
    ),
    "file.old_format": _(
        "The file has a format that is not read here (.xlsb). Open it and save it as an Excel "
        "workbook (.xlsx)."
    ),
    "file.not_a_spreadsheet": _(
        "This is no list, whatever its name says: no table was found in it. Send an Excel workbook "
        "(.xlsx or .xls), .ods or .csv, or paste the rows."
    ),
    "file.truncated": _(
        "The end of the file is missing, as after a broken transfer. Send it again."
    ),
    "file.broken": _(
        "The file is damaged. Open it, save it as a new workbook (.xlsx) and send that."
    ),
    "file.zip_bomb": _(
        "The file would unpack to far more than a list needs, so it was not opened."
    ),
    "file.sprawling": _(
        "A cell far away from the list makes the sheet too large. Delete the empty rows and "
        "columns beyond the list, save and send it again."
    ),
    "file.no_header": _(
        "No row with column names was found. The list needs at least the columns NIK, name "
        "and birth date."
    ),
    "file.no_people": _(
        "There is a row of column names, and nobody below it. Fill in the list and send it again."
    ),
}
