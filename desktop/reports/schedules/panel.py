"""One schedule beside the list: how it stands, its runs, what can be done."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from core.i18n import Text, _, verbatim
from core.reports import RunRow, ScheduleRow
from core.words import Period, Rhythm, RunState, word
from desktop.reports.schedules.form import FORM_WORDS
from desktop.reports.schedules.looks import RUNS, schedule_look, when_words, where_words
from desktop.theme import Meaning
from desktop.widgets import Button, DetailPanel, Label, Notice, Words, instant_words, small_table

Do = Callable[[], object]


class SchedulePanel(DetailPanel):
    """Facts and the newest runs of a schedule; the page adds the actions."""

    def __init__(self, row: ScheduleRow, runs: Sequence[RunRow], again: Callable[[RunRow], object]) -> None:
        super().__init__(row.edit.name, row.title, schedule_look(row))
        self.row = row
        if row.warning is not None:
            self.add_widget(Notice(row.warning, Meaning.DANGER))
        edit = row.edit
        facts: list[tuple[Words, Words]] = [
            (_("When"), when_words(edit.when)),
            (_("Next run"), instant_words(row.next_at) if row.next_at is not None else "–"),
            (_("Time it is about"), self._about(row)),
            (_("Form"), FORM_WORDS.get(edit.form, verbatim(edit.form))),
            (_("Where to"), where_words(row)),
            (_("Made with the rights of"), row.owner),
        ]
        if edit.station:
            facts.append((_("Written by"), edit.station))
        self.add_facts(facts)
        self._add_runs(runs, again)

    def _about(self, row: ScheduleRow) -> Text:
        if row.edit.when.rhythm is Rhythm.MONTH_CLOSED:
            return _("The month that was closed")
        return word(Period(row.edit.period))

    def _add_runs(self, runs: Sequence[RunRow], again: Callable[[RunRow], object]) -> None:
        if not runs:
            self.add_section(_("Runs"), Label(_("It was not made yet."), "muted"))
            return
        self.add_section(_("Runs"), small_table(RUNS, runs, name=_("Runs"), most=6))
        newest = runs[0]
        if newest.why is not None:
            self.add_widget(Label(newest.why, wrap=True))
        if newest.path:
            self.add_widget(Label(_("The newest file: {path}", path=newest.path), "small", wrap=True))
        if newest.state is RunState.FAILED:
            self.add_action(Button(_("Try again"), lambda: again(newest), icon_name="refresh"))

    def add_way(self, words: Words, do: Do, icon_name: str = "") -> None:
        """Something that can be done."""
        self.add_action(Button(words, do, icon_name=icon_name))
