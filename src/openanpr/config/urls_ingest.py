"""Addresses of the ingest process."""

from django.urls import include, path

urlpatterns = [path("", include("openanpr.ingest.urls"))]
