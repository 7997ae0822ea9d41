"""What does a visitor see first?"""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kompeten.web.ui.http import page
from kompeten.web.ui.shapes import Stop

# Source: domain facts 3.1, the official chain from announcement to maintenance.
WAY = (
    Stop(_("Apply"), note=_("By yourself or on a list of your office, with a recommendation.")),
    Stop(_("Documents"), note=_("A verifier looks at each one; what is missing can be mended.")),
    Stop(_("Preparation"), note=_("A session that tells you what the assessment is like.")),
    Stop(_("Portfolio"), note=_("You write down what you have done for people, and how.")),
    Stop(_("Assessment"), note=_("Written exam, practice and interview, as your route asks.")),
    Stop(_("Decision"), note=_("A committee that has not examined you decides.")),
    Stop(_("Certificate"), note=_("Valid for five years; anybody can check it.")),
)
# Source: domain facts 3.1, the aims of certification.
AIMS = (
    (
        "heart",
        _("Better service"),
        _("People in need meet somebody who knows how to help, and has shown it."),
    ),
    (
        "scale",
        _("Professional responsibility"),
        _("Whoever is certified answers for their work by the standards of the profession."),
    ),
    (
        "academic-cap",
        _("Recognition"),
        _("Years of practice and learning become a qualification that counts everywhere."),
    ),
    (
        "shield-check",
        _("Legal certainty"),
        _("The law asks independent practice for a certificate of competence; here it is."),
    ),
)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Say what certification is, how it goes, and how a certificate is checked."""
    return page(request, "public/home.html", {"way": WAY, "aims": AIMS})
