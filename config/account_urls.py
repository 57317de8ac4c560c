"""The addresses at which allauth itself answers: those that this site wants, and no others.

Their names are the ones by which allauth finds them. Our own pages of accounts are in
submissions/urls.py; some carry a second name here, where allauth sends people back to.
"""

from allauth.account import views as account_views
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from allauth.usersessions import views as devices
from django.urls import URLPattern, path

from submissions.views import account, orcid, signing_in

ours_by_other_names: list[URLPattern] = [
    path("sign-in/", signing_in.account_sign_in, name="account_login"),
    path("account/", account.account_detail, name="mfa_index"),
    path("account/", account.account_detail, name="mfa_list_webauthn"),
]

# /sign-in/
sign_in_urls: list[URLPattern] = [
    path("sign-in/orcid/", orcid.orcid_sign_in, {"provider_id": "orcid"}, "openid_connect_login"),
    path(
        "sign-in/orcid/back/",
        orcid.orcid_return,
        {"provider_id": "orcid"},
        "openid_connect_callback",
    ),
    path("sign-in/passkey/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("sign-in/second-step/", factors.authenticate, name="mfa_authenticate"),
    path("sign-in/closed/", account_views.account_inactive, name="account_inactive"),
]

# /account/
account_urls: list[URLPattern] = [
    path("account/again/", account_views.reauthenticate, name="account_reauthenticate"),
    path("account/again/code/", factors.reauthenticate, name="mfa_reauthenticate"),
    path(
        "account/again/passkey/",
        passkeys.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path("account/app/add/", app.activate_totp, name="mfa_activate_totp"),
    path("account/app/remove/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/passkeys/add/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("account/passkeys/<int:pk>/name/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("account/passkeys/<int:pk>/remove/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path(
        "account/recovery-codes/",
        recovery_codes.view_recovery_codes,
        name="mfa_view_recovery_codes",
    ),
    path(
        "account/recovery-codes/new/",
        recovery_codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/recovery-codes/download/",
        recovery_codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("account/devices/", devices.list_usersessions, name="usersessions_list"),
]

urlpatterns: list[URLPattern] = [*ours_by_other_names, *sign_in_urls, *account_urls]
