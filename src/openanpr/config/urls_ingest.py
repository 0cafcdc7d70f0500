"""Addresses of the ingest process."""

from django.urls import include, path

urlpatterns = [
    path("", include("openanpr.ingest.urls")),
    path("", include("openanpr.federation.urls_ingest")),
]
