"""What is right? Read by scoring and marking and by nobody else; nothing a candidate gets is built from it."""

from kompeten.itembank.models import Form, FormItem, ItemKey, MarkingGuide
from kompeten.itembank.queries.papers import task
from kompeten.itembank.terms import Guide, Key
from kompeten.schemes.terms import Domain


def of_form(form_digest: str) -> dict[int, Key]:
    """Return the key of each place of the form with this digest. Three queries."""
    form = Form.objects.filter(digest=form_digest).order_by("id")[:1].get()
    places = FormItem.objects.filter(form=form).values_list(
        "number", "item_id", "item__domain", "item__essay__most_points"
    )
    right = dict(
        ItemKey.objects.filter(item_id__in=[item for _, item, *_ in places]).values_list(
            "item_id", "option"
        )
    )
    return {
        number: Key(right[item], Domain(domain)) if most is None else Key("", Domain(domain), most)
        for number, item, domain, most in places
    }


def guide(form_digest: str, number: int) -> Guide:
    """Return what assessors need to mark the essay at one place of a form. Three queries.

    :raises DoesNotExist: there is no such form, or no essay at that place
    """
    form = Form.objects.filter(digest=form_digest).order_by("id")[:1].get()
    place = FormItem.objects.select_related("item__case", "item__essay").get(
        form=form, number=number, item__essay__isnull=False
    )
    said, told = task(place.item), MarkingGuide.objects.get(item=place.item_id)
    assert said is not None
    return Guide(place.item.stem, place.item.case.vignette, said, told.text)
