"""Options that several subcommands have."""

from __future__ import annotations

from typing import Annotated

import typer

from core.cli.terminal import help_text
from core.i18n import _

Site = Annotated[
    str,
    typer.Option(
        "--site",
        metavar="SITE",
        show_default=False,
        help=help_text(_("A file, a postgresql:// address or a saved site.")),
    ),
]
NewSite = Annotated[
    str,
    typer.Argument(
        metavar="SITE",
        show_default=False,
        help=help_text(_("Where the site is to be: a file or a postgresql:// address.")),
    ),
]
Language = Annotated[
    str | None,
    typer.Option(
        "--language",
        metavar="zh|en",
        show_default=False,
        help=help_text(_("The language of what is printed; the site's without it.")),
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help=help_text(_("Print JSON.")))]
