"""Which printed certificates are handed over, to whom, and through which office?"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import formats, timezone, translation

from kompeten.certificates import queries as certificates
from kompeten.kernel import lettering
from kompeten.people import queries as people
from kompeten.people.terms import Particulars
from kompeten.regions import labels as region_labels
from kompeten.regions import queries as regions
from kompeten.reporting import rules
from kompeten.reporting.adapters.handover import Heading
from kompeten.reporting.terms import Parcel, Recipient

if TYPE_CHECKING:
    from kompeten.certificates.models import Blank
    from kompeten.decisions.models import Decree

UNKNOWN = "tidak diketahui"


def parcels(decree: "Decree", *, at: datetime) -> tuple[Parcel, ...]:
    """Return the certificates of a decree that are printed on a sheet, by province and office.

    Three queries, whatever the number; offices are called as on the day of `at`.
    """
    sheets = [b for b in certificates.on_sheets(decree) if b.certificate is not None]
    known = people.particulars(b.certificate.person_id for b in sheets if b.certificate)
    offices = people.organization_names(
        (
            key
            for b in sheets
            if b.certificate and (key := b.certificate.application.organization_id)
        ),
        on=timezone.localdate(at),
    )
    return rules.parcels(_recipient(sheet, known, offices) for sheet in sheets)


def recipients(decree: "Decree", *, province: str, office: str | None, at: datetime) -> list[int]:
    """Return the keys of those who are handed what of a province or an office; see `rules.chosen`."""
    meant = rules.chosen(parcels(decree, at=at), province=province, office=office)
    return [recipient.person_id for parcel in meant for recipient in parcel.recipients]


def heading(decree: "Decree", *, at: datetime) -> Heading:
    """Return what stands on every page of the papers for handing over."""
    with translation.override("id"):
        day = formats.date_format(timezone.localdate(at), "DATE_FORMAT")
    return Heading(settings.OPTIONS.body_name, decree.number, day, settings.OPTIONS.demo)


def _recipient(sheet: "Blank", known: dict[int, Particulars], offices: dict[int, str]) -> Recipient:
    certificate = sheet.certificate
    assert certificate is not None  # the table's own condition for a sheet that is issued
    person, content = known[certificate.person_id], certificate.content or {}
    province = regions.province_of(person.region_code)
    district = regions.region(person.region_code)
    place = [region_labels.full_name(district)] if district else []
    if province and province != district:
        place.append(province.name)
    address = (lettering.shown(person.address), ", ".join(place))
    return Recipient(
        name=content.get("holder", person.full_name),
        number=certificate.number,
        serial=sheet.serial,
        scheme=content.get("scheme", {}).get("title", ""),
        province=province.name if province else UNKNOWN,
        office=lettering.shown(offices.get(certificate.application.organization_id or 0, "")),
        address=tuple(line for line in address if line),
        phone=person.phone,
        person_id=certificate.person_id,
    )
