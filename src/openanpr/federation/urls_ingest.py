"""Addresses of the ingest process for forces that send to this store as their centre."""

from django.urls import path, re_path

from openanpr.federation.views.receiving import (
    receive_consignment,
    receive_picture,
    receive_register,
    tell_holding,
)

urlpatterns = [
    path("v1/federation/register", receive_register, name="federation-register"),
    path("v1/federation/consignments", receive_consignment, name="federation-consignments"),
    re_path(
        r"^v1/federation/pictures/(?P<sha256>[0-9a-f]{64})$",
        receive_picture,
        name="federation-pictures",
    ),
    path("v1/federation/holdings/<str:day>", tell_holding, name="federation-holdings"),
]
