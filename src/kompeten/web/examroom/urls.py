"""Which addresses does the face `examroom` have?"""

from django.urls import path

from kompeten.web.examroom import intake_threads, sitting

app_name = "examroom"
urlpatterns = [
    path("brankas/<str:path>", intake_threads.view, name="vault"),
    path("<str:ref>/", sitting.entry, name="entry"),
    path("<str:ref>/mulai/", sitting.start, name="start"),
    path("<str:ref>/jawaban/", sitting.save, name="save"),
    path("<str:ref>/serahkan/", sitting.hand_in, name="hand_in"),
]
