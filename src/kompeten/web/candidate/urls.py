"""Which addresses does the face `candidate` have?"""

from django.urls import path

from kompeten.web.candidate import (
    application,
    begin,
    documents,
    handing,
    history,
    home,
    portfolio,
    saying,
    vitae,
    writing,
)

app_name = "candidate"
# fmt: off
urlpatterns = [
    path("", home.home, name="home"),
    path("permohonan/", application.applications, name="applications"),
    path("permohonan/baru/", begin.choose, name="choose"),
    path("permohonan/baru/<slug:code>/", begin.begin, name="begin"),
    path("permohonan/<slug:ref>/", application.application, name="application"),
    path("permohonan/<slug:ref>/jalur/", begin.path, name="path"),
    path("permohonan/<slug:ref>/diri/", saying.identity, name="identity"),
    path("permohonan/<slug:ref>/pendidikan/", saying.practice, name="practice"),
    path("permohonan/<slug:ref>/dokumen/", documents.documents, name="documents"),
    path("permohonan/<slug:ref>/dokumen/<slug:code>/", documents.attach, name="attach"),
    path("permohonan/<slug:ref>/dokumen/<slug:code>/berkas/", documents.file, name="file"),
    path("permohonan/<slug:ref>/kirim/", handing.hand_in, name="hand_in"),
    path("permohonan/<slug:ref>/tarik/", handing.withdraw, name="withdraw"),
    path("permohonan/<slug:ref>/riwayat/", history.history, name="history"),
    path("portofolio/", portfolio.portfolios, name="portfolios"),
    path("portofolio/<slug:ref>/", portfolio.portfolio, name="portfolio"),
    path("portofolio/<slug:ref>/kirim/", portfolio.hand_in, name="portfolio_hand_in"),
    path("portofolio/<slug:ref>/uraian/<slug:group>/", writing.write, name="write"),
    path("portofolio/<slug:ref>/riwayat-hidup/<slug:part>/", vitae.vitae, name="vitae"),
    path("kolektif/", home.home, name="collectives"),
    path("kolektif/<slug:ref>/", home.home, name="batch"),
]
# fmt: on
