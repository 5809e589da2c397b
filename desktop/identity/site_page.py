"""The site's settings and its approval rules."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from zoneinfo import available_timezones

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout, QWidget

from core import identity
from core.errors import Conflict, CoreError
from core.i18n import _
from core.identity import SiteCard, SiteEdit
from core.words import word
from desktop.context import AppContext
from desktop.identity.approval_rules import ApprovalRules
from desktop.identity.logo_part import LogoPart
from desktop.identity.person_forms import LANGUAGES
from desktop.widgets import Choice, CodeEdit, Form, Label, Notice, PageBase, TextEdit, scrolled

BESIDE_FROM = 1200
PAPER_DAYS = (30, 90, 200, 400, 800, 1100, 1900, 3650)
LOCK_MINUTES = (1, 2, 3, 5, 10, 15, 20, 30, 60, 120, 240)


class SitePage(PageBase):
    """One form; Save (F2) sends what changed."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(
            _("Site"), _("Name and address for papers, language, times, locking, and who must approve what.")
        )
        self._context = context
        self._card: SiteCard | None = None
        self._notice = Notice()
        self._notice.hide()
        self.form = _make_form()
        self.logo = LogoPart(context)
        self.rules = ApprovalRules(context)
        self.set_content(self._laid_out())
        self.set_primary(_("Save"), self.save, "save")
        context.hub.watch(self, ["site", "person"], self._on_news)
        self.reload()

    def _laid_out(self) -> QWidget:
        note = _("Above the limit somebody with the role must approve, with a PIN. Empty: nobody need approve.")
        logo = Label(_("Logo in the head of papers"), "heading")
        settings = _card(self._notice, self.form, logo, self.logo)
        rules = _card(Label(_("Approval"), "heading"), Label(note, "muted", wrap=True), self.rules)
        room = QWidget()
        self._cards = QBoxLayout(QBoxLayout.Direction.TopToBottom, room)
        self._cards.setContentsMargins(16, 4, 16, 16)
        self._cards.setSpacing(16)
        self._cards.addWidget(settings, 3, Qt.AlignmentFlag.AlignTop)
        self._cards.addWidget(rules, 2, Qt.AlignmentFlag.AlignTop)
        return scrolled(room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = event.size().width() >= BESIDE_FROM
        self._cards.setDirection(QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom)

    def reload(self) -> None:
        """Ask for settings, rules and roles again."""
        self.start_loading()
        ops = self._context.ops
        ops.ask(self, identity.get_site, then=self._take_site)
        self.logo.reload()
        self.rules.reload()

    def _on_news(self) -> None:
        if not self.has_unsaved():
            self.reload()

    def has_unsaved(self) -> bool:
        """Whether something typed is not saved."""
        return self.form.is_changed() or self.rules.is_changed()

    def save(self) -> None:
        """Send the settings if they changed, and each changed rule."""
        if not self.form.is_changed():
            self.rules.save()
            return
        values = self.form.read()
        if values is None or self._card is None:
            return
        new = _edit(values)
        card = self._card
        self._context.ops.do(
            self,
            identity.update_site,
            then=self._saved,
            failed=self._refused,
            version=card.version,
            new=new,
            seen=card.settings,
        )

    def _saved(self, _version: object) -> None:
        self._notice.hide()
        self.form.mark_unchanged()
        if not self.rules.save():
            self._context.shell.say(_("Saved."))
        self._context.ops.ask(self, identity.get_site, then=self._take_site)

    def _refused(self, error: CoreError) -> None:
        if not isinstance(error, Conflict):
            self.form.show_error(error)
            return
        self._notice.say(
            _("Somebody else saved these settings meanwhile. Your fields stay as typed; save again to put them on top.")
        )
        self._context.ops.ask(self, identity.get_site, then=self._lay_over)

    def _lay_over(self, fresh: SiteCard) -> None:
        """What was typed here goes on top of what somebody else saved."""
        typed = self.form.read()
        if typed is None or self._card is None:
            return
        mine, seen = _edit(typed), self._card.settings
        touched = {name: getattr(mine, name) for name in typed if getattr(mine, name) != getattr(seen, name)}
        self._fill(fresh)
        for name, value in _values(replace(fresh.settings, **touched)).items():
            self.form.editor(name).set_value(value)

    def _take_site(self, card: SiteCard) -> None:
        self._notice.hide()
        self._fill(card)
        self.show_content()

    def _fill(self, card: SiteCard) -> None:
        self._card = card
        self.form.set_values(_values(card.settings))
        self.form.editor("currency").setEnabled(not card.has_stock)
        self.set_answer(
            _(
                "Name and address for papers, language, times, locking, and who must approve what. Costs: {method}.",
                method=word(card.cost_method),
            )
        )


def _card(*parts: QWidget) -> QFrame:
    card = QFrame()
    card.setProperty("role", "card")
    inner = QVBoxLayout(card)
    inner.setContentsMargins(24, 20, 24, 24)
    inner.setSpacing(16)
    for part in parts:
        inner.addWidget(part)
    return card


def _make_form() -> Form:
    form = Form()
    form.add_heading(_("Name and address"))
    form.add("name", _("Name"), TextEdit(most=200), required=True)
    form.add("name_en", _("English name"), TextEdit(most=200))
    form.add("address", _("Address"), TextEdit(most=400), span=True)
    form.add("phone", _("Phone"), TextEdit(most=60))
    form.add(
        "currency",
        _("Currency"),
        CodeEdit(most=3, upper=True),
        required=True,
        hint=_("Three letters such as CNY. It stays once goods were posted."),
    )
    _add_papers(form)
    form.add_heading(_("Language and time"))
    form.add(
        "language", _("Language"), Choice(options=LANGUAGES), required=True, hint=_("People may choose their own.")
    )
    zones = [(zone, zone) for zone in sorted(available_timezones())]
    form.add("zone", _("Time zone"), Choice(options=zones, search=True), required=True)
    hours = [(hour, f"{hour:02d}:00") for hour in range(24)]
    form.add(
        "day_start_hour",
        _("Business day starts at"),
        Choice(options=hours, search=False),
        required=True,
        hint=_("What happens after midnight and before this hour belongs to the day before."),
    )
    minutes = [(n, _("{n} minutes", n=n) if n > 1 else _("1 minute")) for n in LOCK_MINUTES]
    form.add(
        "lock_minutes",
        _("Locks after"),
        Choice(options=minutes, search=False),
        required=True,
        hint=_("When nobody touches this PC."),
    )
    return form


def _add_papers(form: Form) -> None:
    form.add_heading(_("Papers"))
    form.add("tax_number", _("Tax number"), CodeEdit(most=60), hint=_("Under the address in the head of papers."))
    form.add(
        "paper_days",
        _("Printed papers are kept for"),
        Choice(options=[(days, _("{n} days", n=f"{days:,}")) for days in PAPER_DAYS], search=False),
        required=True,
        hint=_("What was printed can be printed again exactly as it was for so long; the list of it stays for good."),
    )
    form.add(
        "paper_foot",
        _("Line at the foot of papers"),
        TextEdit(most=200),
        span=True,
        hint=_("Such as bank account, web address or licence."),
    )


def _values(settings: SiteEdit) -> dict[str, Any]:
    return {name: getattr(settings, name) for name in SiteEdit.__dataclass_fields__}


def _edit(values: dict[str, Any]) -> SiteEdit:
    filled: dict[str, Any] = {name: "" if value is None else value for name, value in values.items()}
    return SiteEdit(**filled)
