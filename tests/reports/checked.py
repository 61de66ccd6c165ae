"""Reports for tests: a package is checked and written in one of the formats."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from tests.packages import CLASSES, DEMOGRAPHICS, USERS, Package, small_district
from tests.stages import stage

from rollbook.reports.data import CheckReport
from rollbook.validation.problems import find_problems

HOSTILE = "</script><script>alert(1)</script>"
SECRET = "pupil-of-a-secret-kind"


def bad_district() -> Package:
    """Return a district with a problem of each weight, and values that want to be code."""
    package = small_district()
    package.row(USERS, "stu-1")["role"] = SECRET
    package.row(USERS, "stu-2")["role"] = HOSTILE
    package.row(DEMOGRAPHICS, "stu-3")["birthDate"] = "\x1b[31m8-Jun"
    package.row(CLASSES, "cls-11")["title"] = ""
    package.columns[USERS].append('<img src=x onerror="alert(2)">')
    return package


def check_report(package: Package, base: Path, *, shows_values: bool = False) -> CheckReport:
    """Check a package."""
    staged = stage(package, base)
    valid = find_problems(staged, published=None)
    return CheckReport("spring export.zip", staged, valid, shows_values=shows_values)


def written(write: Callable[[CheckReport, TextIO], None], report: CheckReport) -> str:
    """Return what a writer writes."""
    out = io.StringIO()
    write(report, out)
    return out.getvalue()
