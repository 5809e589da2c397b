"""Journals as files that accounting programs read in. One file a layout; each says where its form is known from."""

from __future__ import annotations

from collections.abc import Callable

from core.costing.steps.layouts.general import general_file
from core.costing.steps.layouts.kingdee import kingdee_file
from core.costing.steps.layouts.quickbooks import quickbooks_file
from core.costing.steps.layouts.xero import xero_file
from core.costing.steps.layouts.yonyou import yonyou_file
from core.costing.types.books import BookLayout, Journal, JournalFile
from core.i18n import Language

_LAYOUTS: dict[BookLayout, Callable[[Journal, Language], JournalFile]] = {
    BookLayout.GENERAL: general_file,
    BookLayout.KINGDEE: kingdee_file,
    BookLayout.YONYOU: yonyou_file,
    BookLayout.XERO: xero_file,
    BookLayout.QUICKBOOKS: quickbooks_file,
}


def journal_file(journal: Journal, layout: BookLayout, language: Language) -> JournalFile:
    """The journal in a layout; texts in the language where the program takes any."""
    return _LAYOUTS[BookLayout(layout)](journal, language)
