"""Where is the entrance? Only what the house uses of the login library, under Indonesian addresses."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path, re_path

from kompeten.web.ui.entrance import views

# fmt: off
urlpatterns = [
    path("masuk/", views.LogIn.as_view(), name="account_login"),
    path("keluar/", account.logout, name="account_logout"),
    path("daftar/", account.signup, name="account_signup"),
    path("tertutup/", account.account_inactive, name="account_inactive"),
    path("konfirmasi/", account.reauthenticate, name="account_reauthenticate"),
    path("surel/", account.email, name="account_email"),
    path("surel/terkirim/", account.email_verification_sent, name="account_email_verification_sent"),
    re_path(r"^surel/(?P<key>[-:\w]+)/$", account.confirm_email, name="account_confirm_email"),
    path("sandi/", account.password_change, name="account_change_password"),
    path("sandi/pasang/", account.password_set, name="account_set_password"),
    path("sandi/lupa/", account.password_reset, name="account_reset_password"),
    path("sandi/terkirim/", account.password_reset_done, name="account_reset_password_done"),
    path("sandi/selesai/", account.password_reset_from_key_done,
         name="account_reset_password_from_key_done"),
    re_path(r"^sandi/baru/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$", account.password_reset_from_key,
            name="account_reset_password_from_key"),
    path("faktor/", mfa.index, name="mfa_index"),
    path("faktor/masuk/", mfa.authenticate, name="mfa_authenticate"),
    path("faktor/konfirmasi/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("faktor/aplikasi/", totp.activate_totp, name="mfa_activate_totp"),
    path("faktor/aplikasi/lepas/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("faktor/kode/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("faktor/kode/baru/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("faktor/kode/unduh/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("faktor/kunci/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("faktor/kunci/tambah/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("faktor/kunci/konfirmasi/", webauthn.reauthenticate_webauthn,
         name="mfa_reauthenticate_webauthn"),
    path("faktor/kunci/<int:pk>/ubah/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("faktor/kunci/<int:pk>/lepas/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("pindah/", views.change_face, name="change_face"),
]
# fmt: on
