"""What is right? Read by scoring and by nobody else; nothing a candidate gets is built from it."""

from kompeten.itembank.models import Form, FormItem, ItemKey
from kompeten.itembank.terms import Key
from kompeten.schemes.terms import Domain


def of_form(form_digest: str) -> dict[int, Key]:
    """Return the key of each place of the form with this digest. Three queries."""
    form = Form.objects.filter(digest=form_digest).order_by("id")[:1].get()
    places = FormItem.objects.filter(form=form).values_list("number", "item_id", "item__domain")
    right = dict(
        ItemKey.objects.filter(item_id__in=[item for _, item, _ in places]).values_list(
            "item_id", "option"
        )
    )
    return {number: Key(right[item], Domain(domain)) for number, item, domain in places}
