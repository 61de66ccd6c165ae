"""Lines for a terminal with which a person tries a connection before any program is written."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from urllib.parse import quote

_SCOPE = "https://purl.imsglobal.org/spec/or/v1p1/scope"
_SCOPES = " ".join(
    f"$SCOPE/{name}.readonly" for name in ("roster-core", "roster", "roster-demographics")
)
_ROOT = "/ims/oneroster/v1p1"
_NO_SECRET = "YOUR-SECRET"  # noqa: S105 - says where one belongs
# Takes the token out of the answer with nothing but what every Unix has.
_PICK_TOKEN = r"""sed -n 's/.*"access_token": *"\([^"]*\)".*/\1/p'"""  # noqa: S105 - a pattern


@dataclass(frozen=True, slots=True)
class Curls:
    """First the token, then what can be asked with it: label and command."""

    token: str
    requests: list[tuple[str, str]]


def curls(public_url: str, *, client_id: str, secret: str, class_id: str | None) -> Curls:
    """Return commands that work as they stand once there is a secret."""
    root = public_url.rstrip("/")
    paths = [("The schools", "/schools"), ("Three students", "/students?limit=3")]
    if class_id is not None:
        paths.append(("The students of one class", f"/classes/{quote(class_id, safe='')}/students"))
    return Curls(
        token=_token(root, client_id, secret or _NO_SECRET),
        requests=[(label, _request(root + _ROOT + path)) for label, path in paths],
    )


def _token(root: str, client_id: str, secret: str) -> str:
    return (
        f"SCOPE={_SCOPE}\n"
        f"TOKEN=$(curl -s -u {shlex.quote(f'{client_id}:{secret}')} \\\n"
        "  -d grant_type=client_credentials \\\n"
        f'  --data-urlencode "scope={_SCOPES}" \\\n'
        f"  {shlex.quote(f'{root}/oauth/token/')} | {_PICK_TOKEN})"
    )


def _request(address: str) -> str:
    return f'curl -s -H "Authorization: Bearer $TOKEN" \\\n  {shlex.quote(address)}'
