"""Who may open an account: only a person whom a district has invited."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class InvitedOnlyAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Sign-in as usual, sign-up closed."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
