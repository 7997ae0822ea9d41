"""Which addresses of applicants are open to anybody, without an account?"""

from django.urls import path

from kompeten.web.candidate import selfcheck

app_name = "eligibility"
urlpatterns = [path("", selfcheck.selfcheck, name="check")]
