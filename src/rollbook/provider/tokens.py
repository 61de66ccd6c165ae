"""How tokens are given out: by the toolkit, with the tolerance that rostering clients need."""

from __future__ import annotations

from typing import Any

from oauth2_provider.oauth2_validators import OAuth2Validator


class RosterTokenValidator(OAuth2Validator):  # type: ignore[misc]  # the toolkit has no types
    """Grants the known ones of the scopes asked for.

    Clients ask for the scopes of every service they might meet, gradebooks and resources too. No
    scope at all means all that there are. Source: fact base section 18, "Provider tolerance".
    """

    def validate_scopes(
        self,
        client_id: str,
        scopes: list[str],
        client: Any,
        request: Any,
        *args: Any,
        **kwargs: Any,
    ) -> bool:
        """Keep the known scopes in the request; refuse when none of those asked for is known."""
        asked = [scope for scope in scopes if scope]
        known = self.get_default_scopes(client_id, request)
        request.scopes = [scope for scope in known if scope in asked or not asked]
        return bool(request.scopes)

    def _load_application(self, client_id: str | None, request: Any) -> Any:
        """Know no client with a zero byte in its name; PostgreSQL would break off the request."""
        if "\x00" in (client_id or ""):
            return None
        return super()._load_application(client_id, request)
