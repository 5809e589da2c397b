"""`steward init` and `steward demo`: new sites."""

from __future__ import annotations

import getpass
import sys
from typing import Annotated

import typer

from core.cli import options
from core.cli.terminal import Terminal, help_text, is_terminal, terminal_of
from core.errors import InvalidInput
from core.i18n import LANGUAGES, _

LONGEST_PASSWORD = 1000


def add_to(app: typer.Typer) -> None:
    """Add the subcommands."""
    app.command(
        "init",
        help=help_text(_("Make a new site. The administrator's password is read from standard input, or asked.")),
    )(init)
    app.command("demo", help=help_text(_("Make a sample site: a restaurant with a small shop and its history.")))(demo)


def init(
    context: typer.Context,
    site: options.NewSite,
    name: Annotated[str, typer.Option("--name", show_default=False, help=help_text(_("The site's name.")))],
    admin: Annotated[str, typer.Option("--admin", show_default=False, help=help_text(_("The administrator's name.")))],
    name_en: Annotated[
        str, typer.Option("--name-en", show_default=False, help=help_text(_("The site's name in English.")))
    ] = "",
    currency: Annotated[str, typer.Option("--currency", help=help_text(_("Three letters such as CNY.")))] = "CNY",
    zone: Annotated[str, typer.Option("--zone", help=help_text(_("The site's time zone.")))] = "Asia/Shanghai",
    language: Annotated[
        str, typer.Option("--language", metavar="zh|en", help=help_text(_("The site's language.")))
    ] = "zh",
    cost_method: Annotated[
        str,
        typer.Option(
            "--cost-method", metavar="fifo|average|standard|lot", help=help_text(_("How goods that leave are valued."))
        ),
    ] = "fifo",
) -> None:
    """Make a new site."""
    from core.identity import NewSite
    from core.sites import create_site
    from core.words import CostMethod

    terminal = terminal_of(context)
    if language not in LANGUAGES:
        raise InvalidInput(
            _("“{language}” is not a language of this program. Write zh or en.", language=language[:20]),
            field="--language",
        )
    if cost_method not in tuple(CostMethod):
        raise InvalidInput(_("The cost method is fifo, average, standard or lot."), field="--cost-method")
    new = NewSite(name, currency, zone, language, CostMethod(cost_method), admin, _password(terminal), name_en)
    create_site(site, new)
    terminal.follow(language)
    terminal.say(_("The site {name} is ready.", name=name))


def demo(
    context: typer.Context,
    site: options.NewSite,
    size: Annotated[
        str, typer.Option("--size", metavar="small|large", help=help_text(_("Fifteen months, or a million entries.")))
    ] = "small",
    language: options.Language = None,
) -> None:
    """Make a sample site."""
    from core import sample

    terminal = terminal_of(context)
    terminal.choose(language)
    if size not in ("small", "large"):
        raise InvalidInput(_("“{size}” is no size. Write small or large.", size=size[:20]), field="--size")
    sample.create_sample_site(site, size=size, progress=terminal.progress())  # type: ignore[arg-type]
    terminal.say(
        _(
            "The sample site is ready. Sign in as {name} with the password {password}",
            name=sample.ADMIN_NAME,
            password=sample.ADMIN_PASSWORD,
        )
    )


def _password(terminal: Terminal) -> str:
    """The first line of standard input, or typed twice where a person sits. Raises InvalidInput."""
    if not is_terminal(sys.stdin):
        return sys.stdin.readline(LONGEST_PASSWORD).rstrip("\r\n")
    first = getpass.getpass(_("Password: ").render(terminal.language))
    if getpass.getpass(_("Once more: ").render(terminal.language)) != first:
        raise InvalidInput(_("The two passwords differ. Try again."), field="password")
    return first
