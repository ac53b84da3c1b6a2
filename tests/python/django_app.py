"""An app on Django that signs people in by mozilla-django-oidc."""

import os
from urllib.parse import urlencode

import django
from django.conf import settings
from django.core.management import call_command
from django.http import HttpResponse
from django.urls import include, path

PORT = int(os.environ["PORT"])
ISSUER = os.environ["ISSUER"]
ORIGIN = f"http://localhost:{PORT}"

settings.configure(
    DEBUG=True,
    SECRET_KEY="a secret of the app itself",
    ALLOWED_HOSTS=["localhost"],
    ROOT_URLCONF=__name__,
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "app.db"}},
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "mozilla_django_oidc"],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        # Asks again without a page (prompt=none), so that whoever has signed out there is signed out here.
        "mozilla_django_oidc.middleware.SessionRefresh",
    ],
    OIDC_RENEW_ID_TOKEN_EXPIRY_SECONDS=1,
    LOGIN_REDIRECT_URL_FAILURE="/",
    AUTHENTICATION_BACKENDS=[f"{__name__}.Backend"],
    OIDC_RP_CLIENT_ID=os.environ["CLIENT_ID"],
    OIDC_RP_CLIENT_SECRET=os.environ["CLIENT_SECRET"],
    OIDC_RP_SIGN_ALGO="RS256",
    OIDC_RP_SCOPES="openid profile email groups",
    OIDC_USE_PKCE=True,
    OIDC_OP_AUTHORIZATION_ENDPOINT=f"{ISSUER}/oauth/authorize",
    OIDC_OP_TOKEN_ENDPOINT=f"{ISSUER}/oauth/token",
    OIDC_OP_USER_ENDPOINT=f"{ISSUER}/oauth/userinfo",
    OIDC_OP_JWKS_ENDPOINT=f"{ISSUER}/oauth/jwks.json",
    OIDC_OP_LOGOUT_URL_METHOD=f"{__name__}.provider_logout",
    OIDC_STORE_ID_TOKEN=True,
    ALLOW_LOGOUT_GET_METHOD=True,
    LOGIN_REDIRECT_URL="/",
    LOGOUT_REDIRECT_URL="/",
)
django.setup()

from django.contrib.auth.models import Group  # noqa: E402
from mozilla_django_oidc.auth import OIDCAuthenticationBackend  # noqa: E402


class Backend(OIDCAuthenticationBackend):
    def get_username(self, claims):
        return claims["preferred_username"]

    def update_user(self, user, claims):
        user.groups.set(Group.objects.get_or_create(name=name)[0] for name in claims["groups"])
        return user

    def create_user(self, claims):
        return self.update_user(super().create_user(claims), claims)


def provider_logout(request):
    hint = request.session["oidc_id_token"]
    return f"{ISSUER}/oauth/logout?" + urlencode({"id_token_hint": hint, "post_logout_redirect_uri": f"{ORIGIN}/"})


def home(request):
    user = request.user
    groups = ",".join(user.groups.values_list("name", flat=True)) if user.is_authenticated else ""
    return HttpResponse(f"<main>{f'{user.username}: {groups}' if user.is_authenticated else 'signed out'}</main>")


urlpatterns = [path("", home), path("oidc/", include("mozilla_django_oidc.urls"))]

call_command("migrate", run_syncdb=True, verbosity=0)
call_command("runserver", f"localhost:{PORT}", use_reloader=False)
