"""WSGI entry of the web process."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openanpr.config.settings.web")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
