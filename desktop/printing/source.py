"""Where a paper comes from: it can be made again in another language or on another size of sheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from core import documents
from core.i18n import Language
from desktop.context import Paper

SIZES = ("", "A4", "A5", "80 mm")
"""The sheets a person can choose; empty is the one the paper is meant for."""


@dataclass(frozen=True)
class PaperSource:
    """Makes a paper of records. `ask(language)` reads it through the office; called beside the window. Without `ask` a kind
    of its own makes the finished file (`make`).

    `language` is the one on screen, used until the person chooses another for this kind of paper. `filename` without
    its ending; empty: the paper's number. `owner_kind` and `owner_id` name the record the paper tells of.
    """

    kind: str
    language: Language
    ask: Callable[[str], documents.Paper] | None = None
    filename: str = ""
    owner_kind: str = ""
    owner_id: int = 0

    def __call__(self) -> Paper:
        """The paper in the language on screen."""
        return self.make(self.language)

    def make(self, language: str, size: str = "") -> Paper:
        """The paper as PDF in a language (zh, en, both), on a sheet of this size. Raises CoreError."""
        if self.ask is None:
            raise TypeError(f"nothing asks for the paper of {self.kind}")
        paper = self.ask(language)
        return Paper(
            title=f"{paper.title.render('en' if language == 'en' else 'zh')} {paper.number}".strip(),
            pdf=documents.render_pdf(paper, language, _SHEETS.get(size)),
            kind=self.kind,
            filename=f"{self.filename or paper.number or self.kind}.pdf",
            number=paper.number,
            language=language,
            size=size,
            owner_kind=self.owner_kind,
            owner_id=self.owner_id,
            source=self,
        )


_SHEETS: dict[str, Literal["A4", "A5", "80 mm"]] = {"A4": "A4", "A5": "A5", "80 mm": "80 mm"}
