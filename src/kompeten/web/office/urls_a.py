"""Which addresses lead from the application to the preparation session, and to what frames it all?"""

from django.urls import URLPattern, URLResolver, path

from kompeten.web.office import (
    applications,
    collective,
    home,
    people,
    reporting,
    reviewing,
    schemes,
    training,
    training_lists,
    verification,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("angka/", reporting.figures, name="figures"),
    path("permohonan/", applications.index, name="applications"),
    path("permohonan/<slug:ref>/", applications.detail, name="application"),
    path("permohonan/<slug:ref>/dokumen/<slug:code>/", applications.document, name="document"),
    path("permohonan/<slug:ref>/dokumen/<slug:code>/gambar/", applications.picture, name="picture"),
    path("daftar/", collective.index, name="collectives"),
    path("daftar/<slug:ref>/", collective.detail, name="collective"),
    path("verifikasi/", verification.inbox, name="verification"),
    path("verifikasi/hasil/", verification.reviews, name="reviews"),
    path("verifikasi/ambil/", verification.take, name="take"),
    path("verifikasi/ambil/<slug:ref>/", verification.take_one, name="take_one"),
    path("verifikasi/<slug:ref>/", reviewing.review, name="review"),
    path("bimtap/", training.calendar, name="training"),
    path("bimtap/baru/", training.plan, name="session_plan"),
    path("bimtap/<slug:ref>/", training.session, name="session"),
    path("bimtap/<slug:ref>/ubah/", training.revise, name="session_revise"),
    path("bimtap/<slug:ref>/buka/", training.announce, name="session_announce"),
    path("bimtap/<slug:ref>/peserta/", training_lists.enrol, name="session_enrol"),
    path(
        "bimtap/<slug:ref>/peserta/<int:key>/lepas/",
        training_lists.withdraw,
        name="session_withdraw",
    ),
    path("bimtap/<slug:ref>/hadir/", training_lists.attendance, name="session_attendance"),
    path("bimtap/<slug:ref>/final/", training.close, name="session_close"),
    path("bimtap/<slug:ref>/batal/", training.cancel, name="session_cancel"),
    path("skema/", schemes.index, name="schemes"),
    path("skema/<slug:ref>/", schemes.detail, name="scheme"),
    path("orang/", people.assessors, name="people"),
    path("orang/lembaga/", people.offices, name="offices"),
    path("orang/peran/", people.grants, name="grants"),
    path("orang/peran/<int:key>/akhiri/", people.end_grant, name="grant_end"),
]
