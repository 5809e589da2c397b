"""The account map and the journal of a month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from core.i18n import Text
from db.enums import AccountUse, AccrualStyle, BookGrain, VoucherKind


class BookLayout(StrEnum):
    """The form a journal is handed over in."""

    GENERAL = "general"
    KINGDEE = "kingdee"
    YONYOU = "yonyou"
    XERO = "xero"
    QUICKBOOKS = "quickbooks"


@dataclass(frozen=True, slots=True)
class AccountRow:
    """The account of a use.

    `key` narrows it: a category's id (with all below it), a waste reason, a tax rate in per cent, a supplier's code, an
    account named on an invoice's line or of a kind of expense; empty for everything else of that use. `about` says what the key stands for.
    `account_id` and `version` are 0 for a suggestion nobody has confirmed.
    """

    use: AccountUse
    key: str
    code: str
    name: str
    about: str = ""
    about_en: str = ""
    account_id: int = 0
    version: int = 0

    @property
    def is_suggestion(self) -> bool:
        """Whether nobody has set it yet: the usual account of the country's table."""
        return not self.account_id


@dataclass(frozen=True, slots=True)
class BookSettings:
    """How journals are made: the word on vouchers, how movements of stock are put together, how accruals are reversed."""

    voucher_word: str
    grain: BookGrain
    accruals: AccrualStyle
    version: int = 0


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One line of a voucher: either a debit or a credit.

    `document` is the number behind it (an invoice), `section` the department goods went to.
    """

    use: AccountUse
    key: str
    code: str
    name: str
    debit: Decimal
    credit: Decimal
    supplier_id: int = 0
    supplier_code: str = ""
    supplier_name: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True)
class JournalVoucher:
    """A voucher: its debits are its credits, to the minor unit."""

    number: int
    day: date
    kind: VoucherKind
    text: Text
    lines: tuple[JournalLine, ...]
    source_id: int = 0
    document: str = ""

    @property
    def total(self) -> Decimal:
        """The sum of its debits."""
        return sum((line.debit for line in self.lines), Decimal(0))


@dataclass(frozen=True, slots=True)
class Journal:
    """The journal of a month.

    `is_final`: the month is closed and this journal was kept, so that it never changes; another one is provisional.
    `suggested` are the uses whose account nobody has confirmed.
    """

    month: str
    settings: BookSettings
    currency: str
    digits: int
    vouchers: tuple[JournalVoucher, ...]
    is_final: bool
    made_at: datetime
    made_by: str
    sha256: str
    suggested: tuple[AccountUse, ...] = ()

    @property
    def total(self) -> Decimal:
        """The sum of all debits, which is that of all credits."""
        return sum((voucher.total for voucher in self.vouchers), Decimal(0))

    @property
    def count(self) -> int:
        """How many lines."""
        return sum(len(voucher.lines) for voucher in self.vouchers)

    def balance(self, use: AccountUse) -> Decimal:
        """Debits less credits of one use."""
        lines = (line for voucher in self.vouchers for line in voucher.lines if line.use is use)
        return sum((line.debit - line.credit for line in lines), Decimal(0))


@dataclass(frozen=True, slots=True)
class KeptJournal:
    """A journal that was just kept."""

    month: str
    vouchers: int
    total: Decimal
    sha256: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class JournalFile:
    """A journal as a file: its name, its content, and what to know before it is read in."""

    name: str
    media_type: str
    content: bytes
    is_final: bool
    suggested: tuple[AccountUse, ...]
    notes: tuple[Text, ...]
