"""`steward verify`, `backup`, `restore`, `upgrade` and `doctor`: looking after a site."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Annotated

import typer

from core.cli import options
from core.cli.terminal import Terminal, help_text, terminal_of
from core.errors import CoreError, InvalidInput, NeedsConfirmation
from core.i18n import _, _n

WRONG = 2
NamedSite = Annotated[
    str,
    typer.Argument(metavar="[SITE]", show_default=False, help=help_text(_("The site, as with --site."))),
]
AnySite = Annotated[
    str,
    typer.Option(
        "--site",
        metavar="SITE",
        show_default=False,
        help=help_text(_("A file, a postgresql:// address or a saved site.")),
    ),
]
BackupFile = Annotated[
    Path, typer.Argument(metavar="FILE", show_default=False, help=help_text(_("The backup's file.")))
]


def add_to(app: typer.Typer) -> None:
    """Add the subcommands."""
    app.command(
        "verify",
        help=help_text(_("Check the ledger's chain, balances, layers and values; say what is wrong and where.")),
    )(verify)
    app.command("backup", help=help_text(_("Write a backup of a site and prove it by restoring it.")))(backup)
    app.command("restore", help=help_text(_("Restore a backup to a new file, an empty database, or over a site.")))(
        restore
    )
    words = _("Back a site of an older version up, then bring it to the version of this program.")
    app.command("upgrade", help=help_text(words))(upgrade)
    app.command("doctor", help=help_text(_("Look over this PC and a site: what is well, what is not, what to do.")))(
        doctor
    )


def verify(
    context: typer.Context,
    named: NamedSite = "",
    site: AnySite = "",
    as_json: options.AsJson = False,
    language: options.Language = None,
) -> None:
    """Check a site's ledger; exit code 2 when something is wrong."""
    from core import maintenance

    terminal = terminal_of(context)
    terminal.choose(language)
    _speak_as(terminal, site or named)
    found = maintenance.verify_site(_site(site or named), progress=terminal.progress())
    listed = [
        {"area": str(one.area), "level": str(one.level), "message": one.text.render(terminal.language), "posting": one.posting_id,
         "entry": one.entry_id, "item": one.item_id}
        for one in found.findings
    ]  # fmt: skip
    if as_json:
        facts = {
            "clean": found.is_clean,
            "postings": found.postings,
            "entries": found.entries,
            "items": found.items,
            "findings": listed,
        }
        _print(terminal, facts)
    terminal.say(*(one.text for one in found.findings))
    if found.hidden:
        terminal.say(_n("And {n} more.", "And {n} more.", found.hidden))
    if not found.is_clean:
        terminal.say(_("The ledger is not as it must be. Keep this site as it is, make a backup, and ask for help."))
        raise typer.Exit(WRONG)
    terminal.say(
        _(
            "The ledger is right: {postings} postings, {entries} entries, {items} items.",
            postings=found.postings,
            entries=found.entries,
            items=found.items,
        )
    )


def backup(
    context: typer.Context,
    file: BackupFile,
    site: AnySite = "",
    as_json: options.AsJson = False,
    language: options.Language = None,
) -> None:
    """Write a backup of a site."""
    from core import maintenance

    terminal = terminal_of(context)
    terminal.choose(language)
    _speak_as(terminal, site)
    made = maintenance.backup_site(_site(site), file, progress=terminal.progress())
    if as_json:
        _print(
            terminal,
            {
                "path": made.path,
                "size": made.size,
                "rows": made.facts.rows,
                "verified": made.is_verified,
                "sha256": made.facts.sha256,
            },
        )
    terminal.say(_("The backup is in {file}, and was proved by restoring it.", file=made.path))


def restore(
    context: typer.Context,
    file: BackupFile,
    site: AnySite,
    replace: Annotated[
        bool, typer.Option("--replace", help=help_text(_("Write over the site that is there; it is backed up first.")))
    ] = False,
    as_json: options.AsJson = False,
    language: options.Language = None,
) -> None:
    """Restore a backup."""
    from core import maintenance

    terminal = terminal_of(context)
    terminal.choose(language)
    try:
        facts = maintenance.restore_site(file, site, replace=replace, progress=terminal.progress())
    except NeedsConfirmation as question:
        raise InvalidInput(_("{question} Add --replace if so.", question=question.text)) from question
    if as_json:
        _print(terminal, {"site": facts.site, "made_at": facts.made_at.isoformat(), "rows": facts.rows})
    terminal.say(
        _("{site} is restored as it was on {when}.", site=facts.site, when=facts.made_at.isoformat(" ", "minutes"))
    )


def upgrade(
    context: typer.Context,
    named: NamedSite = "",
    site: AnySite = "",
    as_json: options.AsJson = False,
    language: options.Language = None,
) -> None:
    """Upgrade a site."""
    from core import maintenance

    terminal = terminal_of(context)
    terminal.choose(language)
    made = maintenance.upgrade_site(_site(site or named), progress=terminal.progress())
    _speak_as(terminal, site or named)
    if as_json:
        _print(terminal, {"upgraded": made is not None, "backup": made.path if made is not None else None})
    if made is None:
        terminal.say(_("The site is of this program's version already."))
    else:
        terminal.say(_("The site is upgraded. As it was before, it is in {file}.", file=made.path))


def doctor(
    context: typer.Context,
    named: NamedSite = "",
    site: AnySite = "",
    as_json: options.AsJson = False,
    language: options.Language = None,
) -> None:
    """Look over this PC and a site; exit code 2 when something is bad."""
    from core import maintenance

    terminal = terminal_of(context)
    terminal.choose(language)
    _speak_as(terminal, site or named)
    checks = maintenance.examine(site or named or None)
    speech = terminal.language
    if as_json:
        rows = [
            {"name": one.name.render(speech), "level": str(one.level), "message": one.text.render(speech)}
            for one in checks
        ]
        _print(terminal, rows)
    else:
        lines = [f"{_mark(str(one.level))} {one.name.render(speech)}: {one.text.render(speech)}" for one in checks]
        terminal.hand_out(("\n".join(lines) + "\n").encode())
    bad = [one.text for one in checks if one.level is maintenance.Level.BAD]
    if bad:
        terminal.say(*bad)
        raise typer.Exit(WRONG)


def _speak_as(terminal: Terminal, site: str) -> None:
    """Speak the site's language where it can be asked; what is wrong with a site that cannot is said by the command."""
    from core.office import Office

    if not site:
        return
    with contextlib.suppress(CoreError), Office.open(site) as office:
        terminal.follow(office.site.language)


def _mark(level: str) -> str:
    return {"ok": "[ok]", "warn": "[!]", "bad": "[!!]"}[level]


def _site(named: str) -> str:
    """The site named, or the only one this PC has saved. Raises InvalidInput."""
    from core.sites import saved_sites

    if named:
        return named
    saved = saved_sites()
    if len(saved) != 1:
        raise InvalidInput(
            _("Which site? Write --site with a file, a postgresql:// address or a saved site."), field="--site"
        )
    return next(iter(saved))


def _print(terminal: Terminal, facts: object) -> None:
    terminal.hand_out(json.dumps(facts, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
