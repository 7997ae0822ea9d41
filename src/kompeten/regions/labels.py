"""Words for people: kinds of regions and the three time zones."""

from django.utils.translation import gettext_lazy as _

from kompeten.regions.terms import RegionKind, RegionRow

KIND = {
    RegionKind.PROVINCE: _("Province"),
    RegionKind.REGENCY: _("Regency"),
    RegionKind.CITY: _("City"),
}

# The short names that clocks and letters in Indonesia use.
ZONE = {
    "Asia/Jakarta": _("WIB"),
    "Asia/Makassar": _("WITA"),
    "Asia/Jayapura": _("WIT"),
}

ZONE_NAME = {
    "Asia/Jakarta": _("Western Indonesia Time"),
    "Asia/Makassar": _("Central Indonesia Time"),
    "Asia/Jayapura": _("Eastern Indonesia Time"),
}


def full_name(region: RegionRow) -> str:
    """Return the name with its kind, as people say it: Kota Bogor, Kabupaten Bogor, Jawa Barat."""
    if region.kind is RegionKind.PROVINCE:
        return region.name
    if region.kind is RegionKind.CITY:
        return str(_("City of %(name)s") % {"name": region.name})
    return str(_("Regency of %(name)s") % {"name": region.name})
