"""The addresses that applications use: the token endpoint, and each service."""

from __future__ import annotations

from django.urls import include, re_path
from oauth2_provider.views import TokenView

urlpatterns = [
    re_path(r"^oauth/token/?\Z", TokenView.as_view(), name="oauth_token"),
    re_path("", include("rollbook.provider.oneroster.urls")),
]
