"""A report as a file, written row by row beside the window, and as a paper."""

from __future__ import annotations

import io
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from core import reports
from core.errors import CoreError
from core.i18n import Language, Text, _, tr
from core.reports import Asked, ReportWritten
from desktop.context import AppContext, Paper
from desktop.jobs import Report
from desktop.printing.file_bar import FileBar
from desktop.printing.list_file import ask_where, write_file
from desktop.printing.source import PaperSource
from desktop.widgets import ui_text

FORMS = (("xlsx", _("Export as Excel")), ("csv", _("Export as CSV")), ("pdf", _("Export as PDF")),
         ("json", _("Export as JSON")))  # fmt: skip


def ask_and_write(context: AppContext, owner: QWidget, title: Text, name: str, asked: Asked, form: str) -> None:
    """Ask where to, then write what is shown: one of FORMS."""
    ask_where(owner, ui_text(title), form, lambda path: write_to(context, owner, name, asked, path))


def write_to(context: AppContext, owner: QWidget, name: str, asked: Asked, path: Path) -> None:
    """Write a report beside the window; what takes longer than a second says how many rows are written, with Cancel. A
    report stopped half way leaves what was there before."""
    bar, office = FileBar(owner), context.office
    wanted = replace(asked, language=context.language)

    def work(report: Report) -> int:
        written: list[ReportWritten] = []

        def write(part: Path) -> None:
            with part.open("wb") as target:
                written.append(
                    office.ask(
                        reports.write_report,
                        name=name,
                        asked=wanted,
                        form=path.suffix.lower().lstrip("."),
                        target=target,
                        told=lambda rows: report(-1, _("{count} rows written", count=f"{rows:,}")),
                    )
                )

        write_file(path, write)
        return written[0].rows

    def done(rows: int) -> None:
        bar.finish()
        context.shell.say(_("{n} rows saved as {file}.", n=f"{rows:,}", file=path.name))

    def failed(error: CoreError) -> None:
        bar.finish()
        context.shell.show_error(error.text)

    job = context.ops.run(owner, work, then=done, failed=failed, progress=bar.progress)
    bar.start(job, _("Writing {file}…", file=path.name), bar.deleteLater)


@dataclass(frozen=True)
class ReportSource(PaperSource):
    """The paper of a report: chart, table, totals. The engine lays it out on its own sheet."""

    office: Any = field(default=None, repr=False)
    name: str = ""
    asked: Asked = field(default_factory=Asked)
    title: str = ""

    @classmethod
    def of(cls, office: Any, name: str, asked: Asked, language: Language) -> ReportSource:
        """The paper of what is asked of a report."""
        entry = next(one for one in office.ask(reports.list_reports) if one.name == name)
        return cls.over(office, (name, tr(entry.title, language)), asked, language)

    @classmethod
    def over(cls, office: Any, called: tuple[str, str], asked: Asked, language: Language) -> ReportSource:
        """The same where the report's word and title are known."""
        name, title = called
        return cls("report", language, filename=title, office=office, name=name, asked=asked, title=title)

    def make(self, language: str, size: str = "") -> Paper:
        """The paper as PDF in a language. Raises CoreError."""
        said = "zh" if language not in ("zh", "en") else language
        target = io.BytesIO()
        wanted = replace(self.asked, language=said)
        self.office.ask(reports.write_report, name=self.name, asked=wanted, form="pdf", target=target)
        return Paper(
            title=self.title, pdf=target.getvalue(), kind=self.kind, filename=f"{self.filename}.pdf",
            language=said, size=size, source=self,
        )  # fmt: skip
