"""Addresses of the ingest process. Readers are known by their signature, not by a session."""

from django.urls import path, re_path

from openanpr.ingest.views.batches import receive_batch
from openanpr.ingest.views.cars import give_lists, take_alerts
from openanpr.ingest.views.health import health, show_metrics
from openanpr.ingest.views.heartbeats import receive_heartbeat, tell_time
from openanpr.ingest.views.images import receive_image

urlpatterns = [
    path("v1/batches", receive_batch, name="batches"),
    re_path(r"^v1/images/(?P<sha256>[0-9a-f]{64})$", receive_image, name="images"),
    path("v1/heartbeats", receive_heartbeat, name="heartbeats"),
    path("v1/car-lists", give_lists, name="car_lists"),
    path("v1/car-alerts", take_alerts, name="car_alerts"),
    path("v1/time", tell_time, name="time"),
    path("health", health, name="health"),
    path("metrics", show_metrics, name="metrics"),
]
