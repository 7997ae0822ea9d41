"""The item bank's words for people."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kompeten.itembank.terms import FormState, ItemState

ITEM_STATE = {
    ItemState.DRAFT: pgettext_lazy("item", "draft"),
    ItemState.IN_REVIEW: pgettext_lazy("item", "in review"),
    ItemState.APPROVED: pgettext_lazy("item", "approved"),
    ItemState.RETIRED: pgettext_lazy("item", "retired"),
}

FORM_STATE = {
    FormState.ASSEMBLED: pgettext_lazy("form", "assembled"),
}

EVENT = {
    "item.opened": _("Item written"),
    "item.submitted": _("Item submitted for review"),
    "item.returned": _("Item returned to its writer"),
    "item.approved": _("Item approved"),
    "item.retired": _("Item retired"),
    "form.opened": _("Form assembled"),
}

# What a refusal says; a file's problems are shown as "line: words (detail)".
REASON = {
    "review.own_item": _("An item is reviewed by somebody other than its writer."),
    "bank.short": _(
        "The bank has too few approved items here. Write or approve more, then try again."
    ),
    "bank.short_essays": _("The bank has too few approved essays for this blueprint."),
    "bank.cases_do_not_combine": _(
        "There are enough items, but no choice of whole cases adds up to the blueprint. "
        "Add cases of two or three items."
    ),
    "blueprint.does_not_add_up": _(
        "The shares of the blueprint do not add up to its number of items."
    ),
    "itemfile.too_large": _("The file is too large for an item list."),
    "itemfile.not_utf8": _("The file is not in UTF-8. Save it again as UTF-8 text."),
    "itemfile.not_a_spreadsheet": _("This is not an Excel workbook (.xlsx)."),
    "itemfile.old_or_locked": _(
        "This is an old Excel file (.xls) or it has a password. Save it as .xlsx without a password."
    ),
    "itemfile.broken": _(
        "The file is damaged or incomplete. Save it again and upload the new copy."
    ),
    "itemfile.no_items": _("The file holds no items."),
    "itemfile.no_header": _(
        "The row with the column headings was not found. Start from our template."
    ),
    "itemfile.column_missing": _("This column is missing."),
    "gift.format": _("Only plain text is read, no formatted text."),
    "gift.brace": _("A brace is not closed, or there is an empty line between { and }."),
    "gift.missing_word": _(
        "Text after the answers is not supported. Put the whole question first."
    ),
    "gift.vignette_alone": _("A vignette stands outside every case. Put $CATEGORY: above it."),
    "gift.vignette_late": _("A case has one vignette, and it stands before its questions."),
    "gift.number": _("Questions with a number as answer are not supported."),
    "gift.true_false": _("True or false questions are not supported."),
    "gift.short_answer": _("Questions without wrong answers (~) are not supported."),
    "gift.matching": _("Matching questions are not supported."),
    "gift.feedback": _("Feedback (#) is not supported. Write \\# for the sign itself."),
    "gift.weight": _("Answers with a weight (%) are not supported."),
    "gift.answer_unmarked": _("An answer begins with = (right) or ~ (wrong)."),
    "case.code": _("A case code has letters, digits, dots and hyphens only, up to 32."),
    "case.empty": _("The case has no items."),
    "case.no_vignette": _("A case of several items needs a vignette."),
    "case.mixed": _(
        "A case has choice items or essays, not both. Give the essay a case of its own."
    ),
    "case.twice": _("The case stands twice in the file."),
    "case.item_left_behind": _(
        "The vignette has changed, but this item of the case is not in the file. "
        "Send the whole case."
    ),
    "vignette.differs": _("The vignette differs from the one in the first row of the case."),
    "item.code": _("An item code has letters, digits, dots and hyphens only, up to 32."),
    "item.no_stem": _("The item has no question."),
    "item.twice": _("The item stands twice in the file."),
    "item.in_other_case": _("The item belongs to another case already. Give it a new code."),
    "options.count": _("An item has two to six options."),
    "options.empty": _("An option is empty."),
    "options.alike": _("Two options say the same."),
    "key.count": _("Exactly one option is right."),
    "domain.unknown": _("The domain is knowledge, values or skills."),
    "difficulty.unknown": _("The difficulty is easy, medium or hard."),
    "unit.code": _("A unit has small letters, digits and hyphens only, up to 48."),
    "essay.points": _("Say how many points an essay has at most: a whole number from 1 to 100."),
    "essay.longest": _("An essay is at most 100 to 4,000 characters long."),
    "essay.no_marking": _("An essay needs a guide for those who mark it."),
    "itemtext.too_long": _("The text is too long."),
    "itemtext.unreadable": _("The text holds signs that cannot be shown."),
}
