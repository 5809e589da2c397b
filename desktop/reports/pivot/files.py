"""A pivot as a file and as a paper."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from core import reports
from core.errors import CoreError
from core.i18n import Language, Text, _
from core.reports import PivotAsked
from desktop.context import AppContext, Paper
from desktop.jobs import Report
from desktop.printing.file_bar import FileBar
from desktop.printing.list_file import ask_where, write_file
from desktop.printing.source import PaperSource
from desktop.widgets import ui_text


def ask_and_write(context: AppContext, owner: QWidget, title: Text, asked: PivotAsked, form: str) -> None:
    """Ask where to, then write what is shown: xlsx, csv, json or pdf."""
    ask_where(owner, ui_text(title), form, lambda path: write_to(context, owner, asked, path))


def write_to(context: AppContext, owner: QWidget, asked: PivotAsked, path: Path) -> None:
    """Read the pivot anew and write it beside the window."""
    bar, office = FileBar(owner), context.office
    wanted = replace(asked, language=context.language)
    form = path.suffix.lower().lstrip(".")

    def work(report: Report) -> None:
        content = office.ask(reports.get_pivot_file, asked=wanted, form=form)
        write_file(path, lambda part: part.write_bytes(content))

    def done(_nothing: object) -> None:
        bar.finish()
        context.shell.say(_("Saved as {file}.", file=path.name))

    def failed(error: CoreError) -> None:
        bar.finish()
        context.shell.show_error(error.text)

    job = context.ops.run(owner, work, then=done, failed=failed, progress=bar.progress)
    bar.start(job, _("Writing {file}…", file=path.name), bar.deleteLater)


@dataclass(frozen=True)
class PivotSource(PaperSource):
    """The paper of a pivot."""

    office: Any = field(default=None, repr=False)
    asked: PivotAsked = field(default_factory=lambda: PivotAsked(""))
    title: str = ""

    @classmethod
    def of(cls, office: Any, asked: PivotAsked, title: str, language: Language) -> PivotSource:
        """The paper of what is asked."""
        return cls("pivot", language, filename=title, office=office, asked=asked, title=title)

    def make(self, language: str, size: str = "") -> Paper:
        """The paper as PDF in a language. Raises CoreError."""
        said = "zh" if language not in ("zh", "en") else language
        pdf = self.office.ask(reports.get_pivot_file, asked=replace(self.asked, language=said), form="pdf")
        return Paper(
            title=self.title, pdf=pdf, kind=self.kind, filename=f"{self.filename}.pdf",
            language=said, size=size, source=self,
        )  # fmt: skip
