"""Which addresses are there for whoever answers for personal data?"""

from django.urls import URLPattern, URLResolver, path

from kompeten.web.office import breaches, removals, retention

urlpatterns: list[URLPattern | URLResolver] = [
    path("data/", removals.index, name="removals"),
    path("data/permintaan/<slug:ref>/", removals.removal, name="removal"),
    path("data/pelanggaran/", breaches.index, name="breaches"),
    path("data/pelanggaran/catat/", breaches.note, name="breach_note"),
    path("data/pelanggaran/<slug:ref>/", breaches.breach, name="breach"),
    path("data/pelanggaran/<slug:ref>/<slug:verb>/", breaches.act, name="breach_act"),
    path("data/masa-simpan/", retention.table, name="retention"),
]
