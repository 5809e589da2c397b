"""The form of a schedule: what, about which time, when, in which form, where to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core.i18n import Text, _, verbatim
from core.reports import FORMATS, ReportEntry, ScheduleEdit, ViewRow, When
from core.words import Period, Rhythm, ScheduleTarget, ViewKind, word
from desktop.reports.schedules.editors import FolderEdit, WeekdaysEdit
from desktop.widgets import CheckEdit, Choice, Form, TextEdit, Words, ui_text

LANGUAGES: tuple[tuple[str, Text], ...] = (("zh", verbatim("中文")), ("en", verbatim("English")))
FORM_WORDS: dict[str, Text] = {
    "xlsx": _("Excel workbook"), "pdf": _("PDF"), "csv": _("CSV"), "json": _("JSON"), "table": _("Plain text"),
}  # fmt: skip
LAST_DAY = 31
What = tuple[str, Any]


def what_options(entries: Sequence[ReportEntry], views: Sequence[ViewRow]) -> list[tuple[What, Words]]:
    """What can be made: saved views first, then the reports of the catalogue."""
    found: list[tuple[What, Words]] = [(("view", row.id), _("View: {name}", name=row.name)) for row in views]
    return [*found, *((("report", entry.name), entry.title) for entry in entries)]


class ScheduleForm(Form):
    """Shows only the fields that matter for the time and the place chosen."""

    def __init__(self, entries: Sequence[ReportEntry], views: Sequence[ViewRow], station: str) -> None:
        super().__init__()
        self._entries = {entry.name: entry for entry in entries}
        self._views = {row.id: row for row in views}
        self._suggested = ""
        self.add("what", _("What is made"), Choice(options=what_options(entries, views)), required=True)
        self.add("name", _("Name"), TextEdit(most=60), required=True, hint=_("The file is called so too."))
        self.add("rhythm", _("When"), Choice(options=[(one, word(one)) for one in Rhythm]), required=True)
        self.add("weekdays", _("Days of the week"), WeekdaysEdit())
        self.add("month_day", _("Day of the month"), Choice(options=_month_days(), search=False))
        self.add("at_time", _("Time of day"), TextEdit(placeholder="06:30", most=5))
        self.add("period", _("Time it is about"), Choice(options=[(one, word(one)) for one in Period], search=False))
        self.add("form", _("Form"), Choice(options=[(one, FORM_WORDS[one]) for one in _forms()]), required=True)
        self.add("language", _("Language"), Choice(options=LANGUAGES, empty=_("The site's")))
        self.add("target", _("Where to"), Choice(options=[(one, word(one)) for one in ScheduleTarget]), required=True)
        self.add("folder", _("Folder"), FolderEdit(), hint=_("It must be there: a drive that is away is no folder."))
        self.add("station", _("Written by"), Choice(options=[(station, _("Only this PC ({name})", name=station))],
                                                    empty=_("Any PC that reaches the folder")))  # fmt: skip
        self.add("recipients", _("E-mail addresses"), TextEdit(most=600), hint=_("Several with commas between."))
        self.add("is_on", _("State"), CheckEdit(_("Made by itself")))
        for key in ("rhythm", "target", "what"):
            self.editor(key).changed.connect(self.fit)

    def fill(self, edit: ScheduleEdit) -> None:
        """Show a schedule."""
        what: What | None = ("view", edit.view_id) if edit.view_id else ("report", edit.report) if edit.report else None
        self.set_values({
            "what": what, "name": edit.name, "rhythm": edit.when.rhythm, "weekdays": edit.when.weekdays,
            "month_day": edit.when.month_day, "at_time": edit.when.at_time, "period": edit.period, "form": edit.form,
            "language": edit.language or None, "target": edit.target, "folder": edit.folder,
            "station": edit.station or None, "recipients": edit.recipients, "is_on": edit.is_on,
        })  # fmt: skip
        self.fit()

    def edit(self, values: dict[str, Any]) -> ScheduleEdit:
        """What the form says."""
        kind, key = values["what"]
        return ScheduleEdit(
            name=values["name"],
            report=key if kind == "report" else "",
            view_id=key if kind == "view" else 0,
            when=When(values["rhythm"], values["at_time"] or "", values["weekdays"], values["month_day"] or 1),
            period=values["period"] or Period.MOMENT,
            form=values["form"],
            language=values["language"] or "",
            target=values["target"],
            folder=values["folder"] or "",
            station=values["station"] or "",
            recipients=values["recipients"] or "",
            is_on=values["is_on"],
        )

    def suggest(self) -> None:
        """A new schedule of a report is called after it and is about the time that suits it."""
        what = self.editor("what").value()
        if what is None:
            return
        kind, key = what
        is_view = kind == "view"
        title: Words = self._views[key].name if is_view else self._entries[key].title
        name = self.editor("name")
        if name.value() in (None, self._suggested):
            self._suggested = ui_text(title)
            name.set_value(self._suggested)
        self.editor("period").set_value(self._usual_period(kind, key))

    def fit(self) -> None:
        """Show the fields that matter."""
        rhythm, target = self.editor("rhythm").value(), self.editor("target").value()
        is_view = (self.editor("what").value() or ("", 0))[0] == "view"
        is_timed = rhythm is not Rhythm.MONTH_CLOSED
        shown = {
            "weekdays": rhythm is Rhythm.WEEKLY,
            "month_day": rhythm is Rhythm.MONTHLY,
            "at_time": is_timed,
            "period": is_timed,
            "folder": target is ScheduleTarget.FOLDER,
            "station": target is ScheduleTarget.FOLDER,
            "recipients": target is ScheduleTarget.MAIL,
        }
        for key, is_shown in shown.items():
            cell = self.editor(key).parentWidget()
            if cell is not None:
                cell.setVisible(is_shown)
        period = self.editor("period")
        if isinstance(period, Choice):
            kept = [one for one in Period if is_view or one is not Period.VIEW]
            period.set_options([(one, word(one)) for one in kept])

    def _usual_period(self, kind: str, key: Any) -> Period:
        if kind == "view":
            return Period.VIEW if self._views[key].kind is ViewKind.REPORT else Period.LAST_MONTH
        return Period.LAST_MONTH if self._entries[key].is_of_period else Period.MOMENT


def _forms() -> list[str]:
    return [one for one in FORM_WORDS if one in FORMATS]


def _month_days() -> list[tuple[int, Words]]:
    days: list[tuple[int, Words]] = [(day, str(day)) for day in range(1, LAST_DAY)]
    return [*days, (LAST_DAY, _("Last day of the month"))]
