"""Which addresses lead from the portfolio to the certificate?"""

from django.urls import URLPattern, URLResolver, path

from kompeten.web.office import (
    booking,
    certificates,
    chapters,
    decisions,
    portfolios,
    practicals,
    ratings,
    readings,
    slots,
)

__all__ = ["chapters", "urlpatterns"]  # the chapters are read here, so that stories know them

urlpatterns: list[URLPattern | URLResolver] = [
    path("portofolio/", portfolios.overview, name="portfolios"),
    path("portofolio/bagikan/", portfolios.assign, name="portfolios_assign"),
    path("portofolio/<slug:ref>/", portfolios.dossier, name="portfolio"),
    path("portofolio/<slug:ref>/tarik/", portfolios.release, name="portfolio_release"),
    path("bacaan/", readings.desk, name="readings"),
    path("bacaan/<slug:ref>/", readings.reading, name="reading"),
    path("praktik/", practicals.calendar, name="practicals"),
    path("praktik/asesor/", booking.fill, name="practicals_fill"),
    path("praktik/pesan/<slug:slug>/", booking.book, name="practicals_book"),
    path("praktik/jadwal/<slug:ref>/", slots.slot, name="slot"),
    path("praktik/jadwal/<slug:ref>/akhiri/", slots.end, name="slot_end"),
    path("praktik/jadwal/<slug:ref>/ganti/", slots.change_rater, name="slot_rater"),
    path("penilaian/", ratings.desk, name="ratings"),
    path("penilaian/<slug:ref>/", ratings.rating, name="rating"),
    path("penilaian/<slug:ref>/portofolio/", ratings.portfolio, name="rating_portfolio"),
    path("keputusan/", decisions.overview, name="decisions"),
    path("keputusan/rapat-baru/", decisions.convene, name="convene"),
    path("keputusan/rapat/<str:ref>/", decisions.meeting, name="meeting"),
    path("keputusan/rapat/<str:ref>/agenda/", decisions.propose, name="meeting_propose"),
    path("keputusan/rapat/<str:ref>/putuskan/", decisions.decide, name="meeting_decide"),
    path("keputusan/rapat/<str:ref>/tutup/", decisions.close, name="meeting_close"),
    path("keputusan/sk/<str:ref>/tanda-tangan/", decisions.sign, name="decree_sign"),
    path("keputusan/sk/<str:ref>/berkas/", decisions.paper, name="decree_paper"),
    path("sertifikat/", certificates.listing, name="certificates"),
    path("sertifikat/<str:ref>/", certificates.certificate, name="certificate"),
    path("sertifikat/<str:ref>/pdf/", certificates.pdf, name="certificate_pdf"),
]
