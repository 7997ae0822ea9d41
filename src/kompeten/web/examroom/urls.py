"""Which addresses does the face `examroom` have?"""

from django.urls import path, re_path

from kompeten.web.examroom import intake_threads, packages, shell, sitting, tickets, worker

app_name = "examroom"
urlpatterns = [
    path("latihan/", shell.practice, name="practice"),
    path("pekerja.js", worker.worker, name="worker"),
    path("<str:ref>/lembar/", shell.sheet, name="sheet"),
    path("brankas/<str:path>", intake_threads.view, name="vault"),
    re_path(
        r"^paket/(?P<sitting>[0-9A-Z]{10})\.(?P<name>[0-9a-f]{16})\.bin$",
        packages.package,
        name="package",
    ),
    path("<str:ref>/tiket.json", tickets.ticket, name="ticket"),
    path("<str:ref>/lembar.json", tickets.sheet, name="lembar"),
    path("<str:ref>/", sitting.entry, name="entry"),
]
