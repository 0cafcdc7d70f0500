"""Django settings of the pages, taken over by the settings of the web process."""

from datetime import timedelta
from typing import Any, Final

from csp.constants import NONE, SELF

MIDDLEWARE: list[str] = [
    # First: whatever asks for scheme or address comes after it.
    "openanpr.web.middleware.proxy.TrustedProxyMiddleware",
    "openanpr.web.middleware.identity.RequestIdMiddleware",
    "openanpr.web.middleware.headers.SecureHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "openanpr.accounts.middleware.SessionLimitMiddleware",
    "openanpr.accounts.middleware.ActorMiddleware",
    "openanpr.web.middleware.permission.PermissionMiddleware",
    "openanpr.web.middleware.pace.PaceMiddleware",
    # Last, so that a lock-out it finds in the request is answered before other middleware looks.
    "axes.middleware.AxesMiddleware",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "openanpr.web.jinja.environment",
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "openanpr.web.context.page",
                "openanpr.public.context.site",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

STATIC_URL = "/static/"
CSRF_FAILURE_VIEW = "openanpr.web.views.errors.csrf_failure"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_USE_SESSIONS = True
SESSION_COOKIE_NAME = "openanpr_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
MFA_SET_UP_URL = "mfa_activate_totp"


def content_security_policy(live_origin: str) -> dict[str, Any]:
    """django-csp's setting: everything from here, nothing inline, alerts from ``live_origin``."""
    return {
        "DIRECTIVES": {
            "default-src": [NONE],
            "base-uri": [NONE],
            "connect-src": [SELF, live_origin],
            "font-src": [SELF],
            "form-action": [SELF],
            "frame-ancestors": [NONE],
            # `data:` is the QR code of the authenticator's secret, which has no address of its own.
            "img-src": [SELF, "data:"],
            "manifest-src": [SELF],
            "media-src": [SELF],
            "object-src": [NONE],
            "script-src": [SELF],
            "style-src": [SELF],
            "worker-src": [SELF],
        }
    }


def transport(*, tls: bool) -> dict[str, Any]:
    """Settings that hold only where browsers come over HTTPS."""
    if not tls:
        return {}
    return {
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_SSL_REDIRECT": False,
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"),
        "SECURE_HSTS_SECONDS": int(timedelta(days=365).total_seconds()),
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": False,
    }


__all__: Final = [name for name in dir() if name.isupper()]
