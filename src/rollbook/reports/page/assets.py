"""What a page carries with it: styles, fonts, pictures and a script, all in the one file."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable

from rollbook.reports.page.markup import Markup

# The server's own files, so that a page mailed to a district looks like the ones it knows.
_STATIC = files("rollbook").joinpath("project", "static")
_STYLES = (
    "variables",
    "type",
    "layout",
    "components/topbar",
    "components/sheet",
    "components/figures",
    "components/table",
    "components/badge",
    "components/form",
    "components/finding",
    "components/change",
    "components/footer",
    "components/list",
)
_FONT = re.compile(r"@font-face \{.*?\}\n*", re.DOTALL)
_FONT_FILE = re.compile(r'url\("\.\./([^"]+)"\)')
_SYMBOL = re.compile(r'<symbol id="(\w+)" viewBox="([^"]+)">(.*?)</symbol>')


@cache
def styles() -> Markup:
    """Return every style the page needs."""
    shared = (_text(_STATIC.joinpath("css", f"{name}.css")) for name in _STYLES)
    own = _text(files("rollbook.reports.page").joinpath("page.css"))
    return Markup("\n".join([_FONT.sub(_with_its_font, "\n".join(shared)), own]))


@cache
def script() -> Markup:
    """Return the page's script, which searches and filters."""
    return Markup(_text(files("rollbook.reports.page").joinpath("page.js")))


def policy() -> str:
    """Return the content security policy: nothing is loaded, nothing else runs."""
    return (
        f"default-src 'none'; style-src '{_digest(styles())}'; script-src '{_digest(script())}'; "
        "font-src data:; base-uri 'none'; form-action 'none'"
    )


@cache
def icon(name: str) -> Markup:
    """Return one of the server's icons, for the eye only."""
    symbols = {
        found[1]: (found[2], found[3])
        for found in _SYMBOL.finditer(_text(_STATIC.joinpath("img", "icons.svg")))
    }
    box, shapes = symbols[name]
    return Markup(
        f'<svg class="icon" aria-hidden="true" focusable="false" viewBox="{box}">{shapes}</svg>'
    )


@cache
def logo() -> Markup:
    """Return the logo."""
    picture = _text(_STATIC.joinpath("img", "logo.svg"))
    return Markup(picture.replace("<svg ", '<svg class="logo" aria-hidden="true" ', 1).strip())


def _with_its_font(found: re.Match[str]) -> str:
    """Put a font into its rule; those for rare letters stay away, they are half of the weight."""
    rule = found[0]
    if "latin-ext" in rule:
        return ""
    return _FONT_FILE.sub(lambda file: f"url({_embedded(file[1])})", rule)


def _embedded(path: str) -> str:
    content = b64encode(_STATIC.joinpath(*path.split("/")).read_bytes()).decode("ascii")
    return f"data:font/woff2;base64,{content}"


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode('ascii')}"


def _text(file: Traversable) -> str:
    return file.read_text(encoding="utf-8")
