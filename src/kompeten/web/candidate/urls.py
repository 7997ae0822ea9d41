"""Which addresses does the face `candidate` have?"""

from django.urls import path

from kompeten.web.candidate import (
    application,
    begin,
    documents,
    handing,
    history,
    home,
    saying,
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
    path("kolektif/", home.home, name="collectives"),
    path("kolektif/<slug:ref>/", home.home, name="batch"),
]
# fmt: on
