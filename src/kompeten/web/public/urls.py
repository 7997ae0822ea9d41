"""Which addresses does the face `public` have?"""

from django.urls import path
from django.views.generic import RedirectView

from kompeten.web.public import (
    check,
    credentials,
    home,
    invited,
    log,
    personal_data,
    progress,
    recommend,
    shared,
    short,
)

app_name = "public"
urlpatterns = [
    path("", home.home, name="home"),
    path("periksa/", check.check, name="check"),
    path("s/<str:ref>", check.sheet, name="sheet"),
    # Addresses get a slash behind them by hand, and by programs that know better.
    path("s/<str:ref>/", RedirectView.as_view(pattern_name="public:sheet", permanent=True)),
    path("s/<str:ref>/<slug:key>", credentials.refresh, name="refresh"),
    path("skema/<str:code>/<int:version>", credentials.scheme, name="scheme"),
    path("status/<slug:purpose>/<int:number>", credentials.status_list, name="status_list"),
    path(".well-known/did.json", credentials.did, name="did"),
    path("b/<slug:token>/", shared.shared, name="shared"),
    path("b/<slug:token>/pdf/", shared.paper, name="shared_paper"),
    path("b/<slug:token>/kredensial/", shared.credential, name="shared_credential"),
    path("k/<slug:token>/", invited.invited, name="invited"),
    path("k/akhir/<slug:ending>/", invited.ended, name="invited_end"),
    path("k/<slug:token>/benahi/", invited.mend, name="invited_mend"),
    path("k/<slug:token>/setuju/", invited.confirm, name="invited_confirm"),
    path("k/<slug:token>/salah/", invited.objected, name="invited_object"),
    path("k/<slug:token>/tidak/", invited.declined, name="invited_decline"),
    path("k/<slug:token>/akun/", invited.account, name="invited_account"),
    path("t/<slug:token>/", recommend.recommend, name="recommend"),
    path("t/akhir/<slug:ending>/", recommend.ended, name="recommend_end"),
    path("t/<slug:token>/tanda-tangan/", recommend.sign, name="recommend_sign"),
    path("t/<slug:token>/kode/", recommend.code, name="recommend_code"),
    path("r/<slug:code>", short.follow, name="short"),
    path("cek-status/", progress.progress, name="progress"),
    path("penerbit", check.trust, name="trust"),
    path("data-pribadi/", personal_data.notice, name="personal_data"),
    path("log/", log.log, name="log"),
    path("log/checkpoint", log.head, name="log_head"),
    path("log/policy", log.policy, name="log_policy"),
    path("log/tile/<path:name>", log.tile, name="log_tile"),
    path("otoritas/<str:name>", check.revocation_list, name="revocation_list"),
    path("konteks/sertifikat-v1", check.vocabulary, name="vocabulary"),
]
