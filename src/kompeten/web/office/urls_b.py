"""Which addresses lead from the portfolio to the certificate?"""

from django.urls import URLPattern, URLResolver, path

from kompeten.web.office import certificates, decisions

urlpatterns: list[URLPattern | URLResolver] = [
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
