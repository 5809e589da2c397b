"""`steward scan`: what scans mean, a line each; needs no site."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Annotated, Any, BinaryIO

import typer

from core.cli import options
from core.cli.terminal import Terminal, help_text, terminal_of
from core.errors import CoreError
from core.i18n import _

LONGEST_LINE = 1 << 20
MALFORMED, TOO_LONG = {"error": "malformed"}, {"error": "too_long"}


def add_to(app: typer.Typer) -> None:
    """Add the subcommand."""
    text = _(
        "Say what scans mean, one a line from standard input. With --json each line is a JSON string, or an object with raw "
        "and profile."
    )
    app.command("scan", help=help_text(text))(scan)


def scan(
    context: typer.Context,
    as_json: options.AsJson = False,
    profile: Annotated[
        str, typer.Option("--profile", metavar="cn|no|se|gb|de|…", help=help_text(_("Whose shops' codes are scanned.")))
    ] = "",
    language: options.Language = None,
) -> None:
    """Say what scans mean."""
    from core.devices import named_profile

    terminal = terminal_of(context)
    terminal.choose(language)
    usual = named_profile(profile)
    for line in _lines():
        said = json.dumps(_answer(line, usual), ensure_ascii=False) if as_json else _sentence(line, usual, terminal)
        sys.stdout.write(said + "\n")
        sys.stdout.flush()


def _lines() -> Iterator[bytes | None]:
    """The lines of standard input without their end; None for one that is too long to be kept."""
    source: BinaryIO | None = getattr(sys.stdin, "buffer", None)
    while True:
        line = source.readline(LONGEST_LINE) if source is not None else sys.stdin.readline(LONGEST_LINE).encode()
        if not line:
            return
        if line.endswith(b"\n") or len(line) < LONGEST_LINE:
            yield line.rstrip(b"\r\n")
            continue
        while line and not line.endswith(b"\n"):
            line = source.readline(LONGEST_LINE) if source is not None else b""
        yield None


def _answer(line: bytes | None, usual: Any) -> dict[str, str]:
    from core.devices import described_profile, parse_scan, scan_as_json

    if line is None:
        return TOO_LONG
    try:
        data = json.loads(line.decode("utf-8-sig"))
        if isinstance(data, str):
            data = {"raw": data}
        if not isinstance(data, dict) or not isinstance(data.get("raw"), str):
            return MALFORMED
        profile = described_profile(data["profile"]) if data.get("profile") is not None else usual
    except (ValueError, RecursionError, CoreError):
        return MALFORMED
    return scan_as_json(parse_scan(data["raw"], profile))


def _sentence(line: bytes | None, usual: Any, terminal: Terminal) -> str:
    """What one scan means for a person: the facts, then what is wrong."""
    from core.devices import parse_scan, scan_as_json, scan_kind_name

    found = parse_scan((line or b"").decode("utf-8", "replace"), usual)
    facts = [f"{name} {value}" for name, value in scan_as_json(found).items() if name not in ("kind", "error")]
    head = scan_kind_name(found.kind).render(terminal.language)
    troubles = [one.text.render(terminal.language) for one in found.troubles]
    return " · ".join([head, *facts, *troubles]).replace("\n", " ").replace("\r", " ")
