"""Costing: what a period cost, from the ledger alone.

Promises: opening + receipts + other in - usage - waste + adjustments - other out = closing, for every item, every category
and the whole, to the cent; every figure is the sum of ledger entries that can be listed.
"""

from core.costing.commands.books import keep_journal, remove_account, save_account, save_book_settings
from core.costing.commands.budgets import BudgetCopy, copy_budgets, set_budgets
from core.costing.commands.months import OPEN_CHECKS, close_month, reopen_month
from core.costing.queries import get_review, get_review_paper, list_review_entries, list_review_sheets
from core.costing.queries.accruals import get_accruals, list_accrual_lines, list_accrued_receipts
from core.costing.queries.books import get_book_settings, get_journal, get_journal_file, list_accounts
from core.costing.queries.budgets import list_budget_state, list_budgets
from core.costing.queries.figures import list_figure_entries, list_figure_parts
from core.costing.queries.month_review import (
    get_month_review,
    list_dead_stock,
    list_item_bridges,
    list_price_movers,
)
from core.costing.queries.months import (
    get_closing,
    get_reopened_differences,
    list_check_lines,
    list_month_checks,
    list_months,
    list_months_to_close,
    verify_month,
)
from core.costing.queries.pack import get_month_book, get_month_pack, get_month_papers
from core.costing.queries.sealed import seal_month
from core.costing.rules import (
    COLUMNS,
    WHY_COLUMNS,
    Change,
    Days,
    change_of,
    column_of,
    contribution,
    days_before,
    last_month,
    month_to_date,
    share_of,
)
from core.costing.rules.bridge import PARTS, BridgePart
from core.costing.rules.budgets import WHOLE, BudgetLevel, BudgetSource
from core.costing.rules.closing_many import close_in_order
from core.costing.rules.months import Month, months_from_to
from core.costing.steps.budgets import budget_of_month, stored_budgets
from core.costing.steps.budgets_set import change_budgets, check_budget_month
from core.costing.steps.closings import month_moments
from core.costing.steps.pack_words import (
    AGAINST_TITLES,
    CHECK_TITLES,
    LEVEL_TITLES,
    PART_TITLES,
    SHORT_PARTS,
    STATE_TITLES,
)
from core.costing.steps.periods import period_moments
from core.costing.steps.sealed_check import check_sealed
from core.costing.steps.stored import closing_faults
from core.costing.steps.words import (
    COST_WORDS,
    PART_WORDS,
    SHORT_TITLES,
    TITLES,
    WITHOUT_CATEGORY,
    WITHOUT_REASON,
    WITHOUT_SECTION,
)
from core.costing.types import BranchRow, CountRow, Review, ReviewEntry, ReviewPart, ReviewRow, WasteRow
from core.costing.types.accruals import AccrualLine, AccrualReceipt, Accruals, AccrualStyle, AccrualSupplier
from core.costing.types.books import (
    AccountRow,
    BookLayout,
    BookSettings,
    Journal,
    JournalFile,
    JournalLine,
    JournalVoucher,
    KeptJournal,
)
from core.costing.types.bridge import BranchBridge, Bridge, ItemBridge, SectionBridge
from core.costing.types.budgets import (
    BudgetCell,
    BudgetGrid,
    BudgetPlace,
    BudgetRow,
    BudgetsSet,
    BudgetState,
    GridCell,
    GridMonth,
    GridRow,
)
from core.costing.types.checks import CheckKind, CheckLevel, CheckLine, CheckRecord, MonthCheck, MonthChecks
from core.costing.types.estimate import Estimate
from core.costing.types.figures import Against, Figure, FigureKey, FigurePart, Sentence
from core.costing.types.month_review import BudgetLine, MonthReview
from core.costing.types.months import (
    Closed,
    ClosedMany,
    ClosingCard,
    ClosingRow,
    DifferenceRow,
    Differences,
    LateEntry,
    MonthRow,
    MonthState,
    Reopened,
    StoredCheck,
)
from core.costing.types.sealed import SealedCheck
from core.costing.types.sections import Section, SectionKind, SectionRow
from core.costing.types.standing import DeadBand, DeadRow, DeadStock, Mover, Movers

__all__ = [
    "AGAINST_TITLES",
    "CHECK_TITLES",
    "COLUMNS",
    "COST_WORDS",
    "LEVEL_TITLES",
    "OPEN_CHECKS",
    "PARTS",
    "PART_TITLES",
    "PART_WORDS",
    "SHORT_PARTS",
    "SHORT_TITLES",
    "STATE_TITLES",
    "TITLES",
    "WHOLE",
    "WHY_COLUMNS",
    "WITHOUT_CATEGORY",
    "WITHOUT_REASON",
    "WITHOUT_SECTION",
    "AccountRow",
    "AccrualLine",
    "AccrualReceipt",
    "AccrualStyle",
    "AccrualSupplier",
    "Accruals",
    "Against",
    "BookLayout",
    "BookSettings",
    "BranchBridge",
    "BranchRow",
    "Bridge",
    "BridgePart",
    "BudgetCell",
    "BudgetCopy",
    "BudgetGrid",
    "BudgetLevel",
    "BudgetLine",
    "BudgetPlace",
    "BudgetRow",
    "BudgetSource",
    "BudgetState",
    "BudgetsSet",
    "Change",
    "CheckKind",
    "CheckLevel",
    "CheckLine",
    "CheckRecord",
    "Closed",
    "ClosedMany",
    "ClosingCard",
    "ClosingRow",
    "CountRow",
    "Days",
    "DeadBand",
    "DeadRow",
    "DeadStock",
    "DifferenceRow",
    "Differences",
    "Estimate",
    "Figure",
    "FigureKey",
    "FigurePart",
    "GridCell",
    "GridMonth",
    "GridRow",
    "ItemBridge",
    "Journal",
    "JournalFile",
    "JournalLine",
    "JournalVoucher",
    "KeptJournal",
    "LateEntry",
    "Month",
    "MonthCheck",
    "MonthChecks",
    "MonthReview",
    "MonthRow",
    "MonthState",
    "Mover",
    "Movers",
    "Reopened",
    "Review",
    "ReviewEntry",
    "ReviewPart",
    "ReviewRow",
    "SealedCheck",
    "Section",
    "SectionBridge",
    "SectionKind",
    "SectionRow",
    "Sentence",
    "StoredCheck",
    "WasteRow",
    "budget_of_month",
    "change_budgets",
    "change_of",
    "check_budget_month",
    "check_sealed",
    "close_in_order",
    "close_month",
    "closing_faults",
    "column_of",
    "contribution",
    "copy_budgets",
    "days_before",
    "get_accruals",
    "get_book_settings",
    "get_closing",
    "get_journal",
    "get_journal_file",
    "get_month_book",
    "get_month_pack",
    "get_month_papers",
    "get_month_review",
    "get_reopened_differences",
    "get_review",
    "get_review_paper",
    "keep_journal",
    "last_month",
    "list_accounts",
    "list_accrual_lines",
    "list_accrued_receipts",
    "list_budget_state",
    "list_budgets",
    "list_check_lines",
    "list_dead_stock",
    "list_figure_entries",
    "list_figure_parts",
    "list_item_bridges",
    "list_month_checks",
    "list_months",
    "list_months_to_close",
    "list_price_movers",
    "list_review_entries",
    "list_review_sheets",
    "month_moments",
    "month_to_date",
    "months_from_to",
    "period_moments",
    "remove_account",
    "reopen_month",
    "save_account",
    "save_book_settings",
    "seal_month",
    "set_budgets",
    "share_of",
    "stored_budgets",
    "verify_month",
]
