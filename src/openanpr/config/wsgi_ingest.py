"""WSGI entry of the ingest process."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openanpr.config.settings.ingest")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
