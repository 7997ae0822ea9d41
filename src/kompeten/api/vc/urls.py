"""Which addresses does the VC-API have? Those of its specification."""

from django.urls import path

from kompeten.api.vc import views

app_name = "vc_api"
urlpatterns = [
    path("credentials/issue", views.issue, name="issue"),
    path("credentials/verify", views.verify_credential, name="verify_credential"),
    path("presentations/verify", views.verify_presentation, name="verify_presentation"),
    path("credentials/status/<slug:purpose>", views.status_list, name="status_list"),
]
