"""The tour: every page and paper as files, and failures that count."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from core import identity
from core.errors import NotFound
from core.i18n import Language, _, verbatim
from desktop.app import Program
from desktop.context import AppContext, Paper
from desktop.shell import Page, PaperMaker, ShellRegistry, Variant
from desktop.shell.places import standard_registry
from desktop.tour import Tour
from desktop.widgets import Label, PageBase

if TYPE_CHECKING:
    from core.office import Office


class PeoplePage(PageBase):
    """Asks before it is loaded."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(_("Settings"))
        self.start_loading()
        context.ops.ask(self, identity.list_people, then=self._show_people)

    def _show_people(self, rows: tuple[identity.PersonRow, ...]) -> None:
        self.set_content(Label(rows[0].name))
        self.show_content()


def broken_page(_context: AppContext) -> QWidget:
    raise RuntimeError("no such thing")


def wrong_page(_context: AppContext) -> QWidget:
    page = PageBase(_("Stock"))
    page.show_error(NotFound(_("There is nothing to undo.")))
    return page


def person_page(_context: AppContext, name: str) -> QWidget:
    page = PageBase(verbatim(name))
    page.show_content()
    return page


def papers(_office: Office, language: Language) -> list[Paper]:
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawString(40, 40, language)
    canvas.save()
    return [Paper("Slip", out.getvalue())]


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication) -> Iterator[Program]:
    made = Program(qapp)
    yield made
    made.window.close()
    made.shut_down()
    made.window.deleteLater()


def round_of(program: Program, office: Office, out: Path, registry: ShellRegistry) -> Tour:
    tour = Tour(program, office, out, registry)
    tour.go_round()
    return tour


def test_pages_variants_and_papers_become_files(program: Program, office_here: Office, tmp_path: Path) -> None:
    prepared: list[QWidget] = []
    registry = standard_registry()
    variants = (Variant("open", prepare=prepared.append),)
    registry.add_page(Page("settings.people", _("Settings"), "settings", None, PeoplePage, variants=variants))
    registry.add_paper(PaperMaker("slip", _("Print"), None, papers))
    one = Variant("one", find_args=lambda office: {"name": office.ask(identity.get_me).name})
    registry.add_page(
        Page("settings.person", _("Settings"), "settings", None, person_page, in_tabs=False, variants=(one,))
    )
    tour = round_of(program, office_here, tmp_path, registry)
    assert tour.failures == []
    assert len(prepared) == 2
    names = {str(file.relative_to(tmp_path)) for file in tour.files}
    for language in ("zh", "en"):
        assert f"{language}/02-settings-people.png" in names
        assert f"{language}/02-settings-people-open.png" in names
        assert f"{language}/03-settings-person-one.png" in names
        assert f"{language}/03-settings-person.png" not in names
        assert f"{language}/paper-slip.pdf" in names
        assert f"{language}/paper-slip.png" in names
    assert all(file.stat().st_size > 1000 for file in tour.files if file.suffix == ".png")


def test_an_error_on_a_page_and_a_crash_are_failures(
    program: Program, office_here: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    registry = standard_registry()
    registry.add_page(Page("stock.broken", _("Stock"), "stock", None, broken_page))
    registry.add_page(Page("stock.wrong", _("Stock"), "stock", None, wrong_page))
    registry.add_paper(PaperMaker("slip", _("Print"), None, lambda _office, _language: []))
    tour = round_of(program, office_here, tmp_path, registry)
    assert len(tour.failures) == 6
    assert "no such thing" in tour.failures[0]
    assert "02-stock-broken" in tour.failures[0]
    assert "has no example" in tour.failures[-1]
    assert "no such thing" in capsys.readouterr().err
