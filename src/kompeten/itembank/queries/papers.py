"""What may a candidate read of a form? Vignettes, stems and options; this file knows of no key."""

from functools import lru_cache
from itertools import groupby

from kompeten.itembank.models import Form, FormItem, Item
from kompeten.itembank.terms import OPTION_CODES, EssayTask, PaperCase, PaperItem


@lru_cache(maxsize=16)
def paper(form_digest: str) -> tuple[PaperCase, ...]:
    """Return the cases of the form with this digest, in its order. Two queries the first time.

    What a digest stands for never changes, so a process may keep it: a room of a thousand reads
    the form once.

    :raises DoesNotExist: there is no such form
    """
    form = Form.objects.filter(digest=form_digest).order_by("id")[:1].get()
    places = (
        FormItem.objects.filter(form=form)
        .order_by("number")
        .select_related("item__case", "item__essay")
    )
    grouped = groupby(places, key=lambda place: place.item.case)
    return tuple(
        PaperCase(number, case.vignette, tuple(_item(place) for place in items))
        for number, (case, items) in enumerate(grouped, start=1)
    )


def _item(place: FormItem) -> PaperItem:
    options = tuple(zip(OPTION_CODES, place.item.options, strict=False))
    return PaperItem(place.number, place.item.stem, options, task(place.item))


def task(item: Item) -> EssayTask | None:
    """Return what a candidate may know of an essay, None for a choice item."""
    essay = getattr(item, "essay", None)
    return essay and EssayTask(essay.guidance, essay.most_points, essay.longest)
