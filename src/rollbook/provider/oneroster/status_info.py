"""What the service says of itself: the body of a refusal, and warnings beside data.

Source: OneRoster 1.1 REST, `statusInfoSet`; fact base section 17.
"""

from __future__ import annotations

import json

from rollbook.provider.errors import RefusedError

StatusInfo = dict[str, str]


def refusal_body(refusal: RefusedError) -> str:
    """Return the JSON that tells of a refusal."""
    return status_info_set([_entry("failure", "error", refusal.description, refusal.code)])


def warning(description: str, code: str) -> StatusInfo:
    """Return what is to be known of an answer that has data all the same."""
    return _entry("success", "warning", description, code)


def status_info_set(entries: list[StatusInfo]) -> str:
    """Return entries as a JSON object of one property."""
    return json.dumps({"statusInfoSet": entries})


def _entry(major: str, severity: str, description: str, minor: str) -> StatusInfo:
    return {
        "imsx_codeMajor": major,
        "imsx_severity": severity,
        "imsx_description": description,
        "imsx_codeMinor": minor,
    }
