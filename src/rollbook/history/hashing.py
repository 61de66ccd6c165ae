"""Keyed hashes by which erased people are known: in Python, and for whole tables in DuckDB.

The hash is HMAC-SHA256 with a key made from the installation's secret and the district. DuckDB
computes it by the two rounds of RFC 2104.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Iterator

from django.conf import settings

_BLOCK_BYTES = 64  # of SHA-256


def hashes_of(district_id: int, texts: Iterable[str]) -> list[str]:
    """Return the hashes of texts under today's secret."""
    key = _key(settings.SECRET_KEY, district_id)
    return [hmac.new(key, text.encode(), hashlib.sha256).hexdigest() for text in texts]


def hash_sql(text: str) -> str:
    """Return DuckDB's expression of the hash of an expression; `paddings` are its parameters."""
    return f"sha256($padded_out || unhex(sha256($padded_in || encode({text}))))"


def paddings(district_id: int) -> Iterator[dict[str, bytes]]:
    """Yield the parameters of `hash_sql` for today's secret and each earlier one."""
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        key = _key(secret, district_id).ljust(_BLOCK_BYTES, b"\0")
        yield {
            "padded_in": bytes(byte ^ 0x36 for byte in key),
            "padded_out": bytes(byte ^ 0x5C for byte in key),
        }


def _key(secret: str | bytes, district_id: int) -> bytes:
    secret = secret if isinstance(secret, str) else secret.decode()
    return hashlib.sha256(f"rollbook.history.erased:{district_id}:{secret}".encode()).digest()
