"""One open site: who is there, the frame, the lock, and switching between people."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.errors import CoreError
from core.i18n import Language, Text, _, verbatim
from desktop.domains import full_registry
from desktop.hub import Hub
from desktop.ops import Ops
from desktop.shell.dialogs import PutAway
from desktop.shell.frame import Desk, Frame
from desktop.shell.health import Health
from desktop.shell.hearing import hear_scans
from desktop.shell.keys import IdleWatch
from desktop.shell.question import ask_question
from desktop.shell.registry import ShellRegistry
from desktop.shell.signin import Credentials, SignInStage, Tile
from desktop.shell.sites import OpenSite
from desktop.shell.standin import Answered, StandInDialog
from desktop.widgets import set_place

if TYPE_CHECKING:
    from core.changes import Changes
    from core.identity import PersonTile
    from core.uow import Actor, SiteFacts
    from desktop.app import Program


class Session(QObject):
    """Begins when a site is open, ends when it is closed. `entered` tells that somebody stands before the frame."""

    entered = Signal()
    locked = Signal()

    def __init__(self, program: Program, opened: OpenSite, registry: ShellRegistry | None = None) -> None:
        super().__init__(program)
        self._program = program
        self._opened = opened
        self._registry = registry
        self._actor: Actor | None = None
        self._knows_pin = False
        self.office = opened.office
        self.frame: Frame | None = None
        self.sign_in_stage: SignInStage | None = None
        self.ops = Ops(program.workers, self.office, ask_question, self)
        self.ops.lend_rights(self._ask_stand_in)
        self.hub = Hub(self)
        self.idle = IdleWatch(self)
        self._put_away = PutAway()
        self._health = Health(self.ops, self.hub, lambda: self.frame, self)
        self._connect()
        set_place(opened.facts.zone, opened.facts.currency)
        self._devices = program.devices
        if self._devices is not None:
            hear_scans(self, self._devices)
        self.ops.run(self, lambda: self.hub.listen(self.office))

    @property
    def is_locked(self) -> bool:
        """Whether the frame is behind the lock screen."""
        return self.frame is not None and self._program.window.stage() is not self.frame

    # -- people

    def ask_who(self) -> None:
        """Show the people of the site."""
        chosen = self._program.settings.last_person(self._opened.key)
        self._show_sign_in(self._site_name(), chosen, is_lock=False)

    def lock(self) -> None:
        """Cover the frame; everything behind it stays as it is."""
        if self.frame is None or self.is_locked:
            return
        self.idle.stop()
        self._put_away.hide_all()
        self._show_sign_in(self._site_name(), self._actor.name if self._actor else "", is_lock=True)
        self.locked.emit()

    def sign_out(self) -> None:
        """Nobody is there any more; typed and unposted entries are asked about first."""
        self._if_may_leave(_("There are entries that are not posted. Sign out and lose them?"), self._sign_out)

    def close(self, *, at_once: bool = False) -> None:
        """Let go of the site, when what is under way has ended; at once only when the threads have stopped."""
        self.idle.stop()
        self._health.stop()
        self.hub.stop()
        if at_once or self.ops.is_idle:
            self._let_go()
        else:
            self.ops.settled.connect(self._let_go)

    def _let_go(self) -> None:
        self.office.close()
        self.deleteLater()

    # -- the frame

    def rebuild(self) -> None:
        """Make what is on show anew, in the present language, on the same page."""
        if self.is_locked or self._actor is None or self.frame is None:
            stage = self.sign_in_stage
            if stage is not None:
                self._show_sign_in(self._site_name(), stage.chosen, is_lock=self.frame is not None)
        if self._actor is not None and self.frame is not None:
            history, kept = self.frame.host.history, self.frame.last_posting.kept
            was_locked = self.is_locked
            frame = self._make_frame(self._actor)
            frame.last_posting.take_over(kept)
            frame.start(history)
            self._take_frame(frame, behind=self.sign_in_stage if was_locked else None)

    def remember_language(self, language: Language) -> None:
        """The person here wants this language from now on, on every PC."""
        if self._actor is not None and not self.is_locked:
            from core import identity

            self.ops.do(self, identity.set_own_language, language=language)

    def registry(self) -> ShellRegistry:
        """What the domains brought; loaded once."""
        if self._registry is None:
            self._registry = full_registry()
        return self._registry

    def _show_sign_in(self, title: str, chosen: str, *, is_lock: bool) -> None:
        people = _tiles(self._opened.people)
        stage = SignInStage(title, people, chosen, is_lock=is_lock, pin_first=self._knows_pin)
        stage.tried.connect(self._try)
        stage.other_site_pressed.connect(self._program.leave_site)
        stage.language_pressed.connect(self._program.switch_language)
        stage.theme_pressed.connect(self._program.switch_theme)
        stage.switch_pressed.connect(lambda: stage.choose(""))
        self.sign_in_stage = stage
        self._program.show_stage(stage, keep=self.frame)
        self._program.window.show_title(self._site_name())
        self.ops.run(stage, self.office.people, then=lambda now: stage.show_people(_tiles(now)))

    def _try(self, given: Credentials) -> None:
        is_other = self._actor is not None and (given.kind == "badge" or given.name != self._actor.name)
        if is_other and self.frame is not None and self.frame.host.has_unsaved():
            question = _(
                "{name} has entries that are not posted. Switch user and lose them?",
                name=self._actor.name if self._actor else "",
            )
            ask_question(self, question, lambda yes: self._check(given) if yes else self._refuse())
        else:
            self._check(given)

    def _refuse(self) -> None:
        if self.sign_in_stage is not None:
            self.sign_in_stage.choose(self._actor.name if self._actor else "")

    def _check(self, given: Credentials) -> None:
        stage = self.sign_in_stage
        if stage is None:
            return
        ways = {
            "password": self.office.sign_in,
            "pin": self.office.sign_in_with_pin,
            "badge": self.office.sign_in_with_badge,
        }
        self.ops.run(
            stage, lambda: ways[given.kind](given.name, given.secret), then=self._signed_in, failed=self._on_failed
        )

    def _on_failed(self, error: CoreError) -> None:
        if self.sign_in_stage is not None:
            self.sign_in_stage.show_error(error.text)

    def _signed_in(self, actor: Actor) -> None:
        same = self._actor is not None and self._actor == actor
        self._actor, self._knows_pin = actor, True
        self._program.settings.remember_person(self._opened.key, actor.name)
        if same and self.frame is not None:
            frame = self.frame
            self._put_away.bring_back()
        else:
            self._put_away.throw_away()
            self._program.speak_to(actor.language)
            frame = self._make_frame(actor)
            frame.start(self.frame.host.history if self.frame is not None else None)
        self._take_frame(frame)
        self.sign_in_stage = None
        self.idle.start(self._opened.facts.lock_minutes)
        self._health.start()
        if self._devices is not None:
            self._devices.follow(self.ops, self.hub)
        self.entered.emit()

    def _make_frame(self, actor: Actor) -> Frame:
        desk = Desk(
            self.office, self.ops, self.hub, self._program.settings, self.registry(), actor,
            self._opened.facts.currency, self._devices,
        )  # fmt: skip
        frame = Frame(desk, self._program.language)
        menu = frame.topbar.add_menu_line
        program = self._program
        menu(_("Switch user"), "user", self.switch_user)
        menu(_("Lock"), "lock", self.lock, "Ctrl+L")
        menu(verbatim("中文 / English"), "language", self._switch_language)
        menu(_("Light or dark"), "moon", program.switch_theme)
        menu(_("Keys"), "keyboard", frame.show_keys, "?")
        menu(_("Help"), "question", frame.show_help, "F1")
        menu(_("Sign out"), "sign-out", self.sign_out)
        frame.add_shortcut("Ctrl+L", self.lock)
        frame.title_changed.connect(lambda page: program.window.show_title(page, self._site_name()))
        return frame

    def _take_frame(self, frame: Frame, behind: SignInStage | None = None) -> None:
        self.frame = frame
        if behind is None:
            self._program.show_stage(frame)
        else:
            self._program.show_stage(behind, keep=frame)

    def switch_user(self) -> None:
        """Lock, and offer everybody."""
        self.lock()
        if self.sign_in_stage is not None:
            self.sign_in_stage.choose("")

    def _switch_language(self) -> None:
        self._if_may_leave(
            _("There are entries that are not posted. Switch the language and lose them?"),
            self._program.switch_language,
        )

    def _sign_out(self) -> None:
        self.idle.stop()
        self._health.stop()
        self._actor, self.frame = None, None
        self.office.sign_out()
        self.ask_who()

    def _if_may_leave(self, question: Text, go_on: Callable[[], object]) -> None:
        if self.frame is not None and self.frame.host.has_unsaved():
            ask_question(self.frame, question, lambda yes: go_on() if yes else None)
        else:
            go_on()

    # -- health and news

    def _connect(self) -> None:
        self.ops.crashed.connect(self._program.show_crash)
        self.hub.changed.connect(self._on_changed)
        self.idle.idled.connect(self.lock)

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("site"):
            self.ops.run(self, lambda: self.office.site, then=self._on_site)
        if changes.touches("person") and self._actor is not None:
            self.ops.run(self, lambda: self.office.actor, then=self._on_rights)

    def _on_site(self, facts: SiteFacts) -> None:
        self._opened = replace(self._opened, facts=facts)
        set_place(facts.zone, facts.currency)
        if self.frame is not None and not self.is_locked:
            self.idle.start(facts.lock_minutes)

    def _on_rights(self, actor: Actor | None) -> None:
        before, self._actor = self._actor, actor or self._actor
        if actor is None or before is None or self.frame is None or self.frame.host.has_unsaved():
            return
        if (actor.name, actor.everywhere, actor.by_location) != (before.name, before.everywhere, before.by_location):
            self.rebuild()

    def _ask_stand_in(self, owner: QObject, why: Text, answered: Answered) -> None:
        me = self._actor.name if self._actor else ""
        people = [person.name for person in self._opened.people if person.has_pin and person.name != me]
        if people:
            StandInDialog(owner, why, people, answered).open()
        else:
            answered(None)

    def _site_name(self) -> str:
        return self._opened.facts.title(self._program.language)


def _tiles(people: Iterable[PersonTile]) -> list[Tile]:
    return [Tile(person.name, person.has_pin, person.has_password) for person in people]
