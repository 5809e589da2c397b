"""Leads through the start window: each choice runs beside it and ends in an open site or in a sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from core.errors import CoreError, Refused
from core.i18n import Text, _
from desktop.ops import Job
from desktop.shell import sites
from desktop.shell.question import ask_question
from desktop.shell.sites import OpenSite, Outdated, PasswordNeeded
from desktop.shell.start import KnownSite, StartStage
from desktop.shell.start_forms import JoinFacts, NewSiteFacts
from desktop.shell.window import WaitStage

if TYPE_CHECKING:
    from desktop.app import Program


class Starting(QObject):
    """The steps before a site is open."""

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self._program = program
        self._job: Job | None = None
        self.stage: StartStage | None = None

    def show(self, error: CoreError | None = None) -> None:
        """The ways to start, with what went wrong before."""
        self._program.ops.run(self, sites.known_sites, then=lambda known: self._show_known(known, error))

    def open(self, site: str) -> None:
        """Open a site by name, path or address."""
        self._program.show_stage(WaitStage(_("Opening {site}…", site=sites_shown(site))))
        self._run(lambda: sites.open_site(site), self.show)

    # -- inside

    def _show_known(self, known: list[KnownSite], error: CoreError | None) -> None:
        stage = StartStage(known, self._program.language)
        self.stage = stage
        stage.open_pressed.connect(self.open)
        stage.forget_pressed.connect(self._forget)
        stage.create_pressed.connect(self._create)
        stage.join_pressed.connect(self._join)
        stage.sample_pressed.connect(self._make_sample)
        stage.cancel_pressed.connect(self._cancel)
        stage.language_pressed.connect(self._program.switch_language)
        stage.theme_pressed.connect(self._program.switch_theme)
        stage.join_form.new_here.clicked.connect(lambda _checked=False: self._new_in_database())
        self._program.ops.run(stage, sites.has_keyring, then=stage.join_form.show_keyring)
        self._program.show_stage(stage)
        self._program.window.show_title()
        if isinstance(error, Outdated):
            outdated = error.site
            ask_question(stage, error.text, lambda yes: self._upgrade(outdated) if yes else None, yes=_("Upgrade"))
        elif isinstance(error, PasswordNeeded):
            stage.join_form.fill(error.place)
            stage.show_join()
            stage.join_form.error.set_words(error.text)
        elif error is not None:
            stage.show_error(error)

    def _forget(self, name: str) -> None:
        self._program.ops.run(self, lambda: sites.forget_site(name), then=lambda known: self._show_known(known, None))

    def _create(self, facts: NewSiteFacts) -> None:
        self._run(lambda: sites.create_site(facts), self._show_error)

    def _join(self, facts: JoinFacts) -> None:
        self._run(lambda: sites.join_site(facts), self._join_failed)

    def _join_failed(self, error: CoreError) -> None:
        self._show_error(error)
        if self.stage is not None:
            self.stage.join_form.new_here.setVisible(isinstance(error, Refused))

    def _new_in_database(self) -> None:
        stage = self.stage
        if stage is not None:
            stage.show_new_site(stage.join_form.facts())

    def _make_sample(self) -> None:
        stage = self.stage
        if stage is None:
            return
        stage.show_progress(0.0, _("The sample site is being made…"), may_cancel=True)
        self._job = self._program.ops.run(
            stage, sites.create_sample, then=self.open, failed=self._show_error, progress=self._on_progress
        )

    def _upgrade(self, site: str) -> None:
        stage = self.stage
        if stage is None:
            return
        stage.show_progress(0.0, _("The site is backed up and upgraded…"), may_cancel=False)
        self._program.ops.run(
            stage,
            lambda report: sites.upgrade_site(site, report),
            then=self._opened,
            failed=self._show_error,
            progress=self._on_progress,
        )

    def _on_progress(self, share: float, words: Text | str) -> None:
        if self.stage is not None:
            self.stage.show_progress(share, words)

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
        if self.stage is not None:
            self.stage.show_choices()

    def _run(self, work: Callable[[], OpenSite], failed: Callable[[CoreError], object]) -> None:
        self._program.ops.run(self, work, then=self._opened, failed=failed)

    def _opened(self, opened: OpenSite) -> None:
        self.stage = None
        self._program.site_opened(opened)

    def _show_error(self, error: CoreError) -> None:
        if self.stage is not None:
            self.stage.show_error(error)


def sites_shown(site: str) -> str:
    """A site's name or place without anything secret."""
    return site.rpartition("@")[2] if "://" in site else site
