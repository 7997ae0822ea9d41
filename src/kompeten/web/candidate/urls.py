"""Which addresses does the face `candidate` have?"""

from django.urls import path

from kompeten.web.candidate import (
    application,
    batch,
    begin,
    certificate,
    collective,
    documents,
    handing,
    history,
    home,
    news,
    portfolio,
    repair,
    result,
    saying,
    schedule,
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
    path("jadwal/", schedule.schedule, name="schedule"),
    path("jadwal/<slug:ref>/lepas/", schedule.give_back, name="give_back"),
    path("hasil/<slug:ref>/", result.result, name="result"),
    path("sertifikat/", certificate.certificates, name="certificates"),
    path("sertifikat/<slug:ref>/", certificate.certificate, name="certificate"),
    path("sertifikat/<slug:ref>/pdf/", certificate.paper, name="paper"),
    path("sertifikat/<slug:ref>/kredensial/", certificate.credential, name="credential"),
    path("kabar/", news.notices, name="notices"),
    path("kabar/dibaca/", news.read_all, name="read_all"),
    path("kabar/<slug:ref>/", news.open_notice, name="open_notice"),
    path("kolektif/", collective.collectives, name="collectives"),
    path("kolektif/unggah/", collective.send, name="send"),
    path("kolektif/periksa/", collective.preview, name="preview"),
    path("kolektif/perbaikan/<slug:ref>/", repair.repair, name="repair"),
    path("kolektif/perbaikan/<slug:ref>/lepas/", repair.drop, name="drop"),
    path("kolektif/<slug:ref>/", batch.batch, name="batch"),
]
# fmt: on
