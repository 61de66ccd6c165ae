"""Telephone numbers and mail addresses that can belong to nobody."""

from __future__ import annotations

_AREA_CODES = (209, 214, 303, 312, 406, 415, 505, 512, 602, 612, 702, 718, 808, 907)
_MAIL_HOSTS = ("mail.example", "post.example", "inbox.example", "letters.example")


def phone_of(bits: int) -> str:
    """Return a number of the range kept for fiction, `+15125550142`, by some bits of chance.

    Source: North American Numbering Plan, 555-0100 to 555-0199.
    """
    area, line = divmod(bits, 100)
    return f"+1{_AREA_CODES[area % len(_AREA_CODES)]}55501{line:02d}"


def mail_host_of(bits: int) -> str:
    """Return the domain of a family's private mail, by some bits of chance."""
    return _MAIL_HOSTS[bits % len(_MAIL_HOSTS)]
