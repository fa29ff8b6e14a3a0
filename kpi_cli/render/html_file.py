"""The report as one HTML file: no request leaves it, every text in it is escaped, and it is complete when printed."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from kpi_cli.render.html.page import WORDS, build_page
from kpi_cli.render.report import Report
from kpi_cli.render.translate import Language, translate

_PACKAGE = "kpi_cli.render.html"


def render_html(report: Report, language: Language) -> str:
    """The page as text; a browser asks nobody for anything to show it (its own policy forbids that)."""
    environment = Environment(
        loader=PackageLoader(_PACKAGE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    # Thai as it is, in half the bytes; `tojson` escapes what could end the script.
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    say, script = translate(language), _read_template("script.js")
    return environment.get_template("report.html.j2").render(
        page=build_page(report, language),
        words={name: say(word) for name, word in WORDS.items()},
        language=language,
        style=Markup(_read_template("style.css")),  # noqa: S704  # ours, and nobody's data
        script=Markup(script),  # noqa: S704  # the same
        script_hash=_hash_script(script),
    )


def _read_template(name: str) -> str:
    return (files(_PACKAGE) / "templates" / name).read_text(encoding="utf-8").strip()


def _hash_script(script: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
