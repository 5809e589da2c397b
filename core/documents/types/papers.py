"""What a paper or an exported list is made of: a domain fills these from its rows, how they look is decided here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, TypeAlias

from core.i18n import Text

Kind: TypeAlias = Literal[
    "text",  # words, wrapped
    "qty",  # a quantity, up to six decimals
    "money",  # an amount in the site's currency
    "cost",  # a unit cost: the currency's decimals at least, six at most
    "number",  # a whole number or a figure without unit
    "percent",  # a share: 0.125 is shown as 12.5%
    "date",
    "instant",  # a moment, shown in the site's zone
    "barcode",  # drawn as a barcode on paper, text elsewhere
    "tick",  # an empty box to tick by hand; ticked when true
    "blank",  # room to write in by hand
]
Align: TypeAlias = Literal["left", "right", "centre"]
Look: TypeAlias = Literal["line", "group", "subtotal"]
PaperSize: TypeAlias = Literal["A4", "A5", "80 mm"]
BOTH = "both"
PAPER_LANGUAGES = ("zh", "en", BOTH)
"""What a paper can be written in: Chinese, English, or both with Chinese first."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A quantity with its unit: 12.5 kg, 3 箱."""

    qty: Decimal
    unit: Text | str


Cell: TypeAlias = Text | str | Decimal | int | date | datetime | Measure | None


@dataclass(frozen=True, slots=True)
class Notation:
    """The site's conventions for figures: currency, its minor digits, and the zone moments are shown in."""

    currency: str = "CNY"
    digits: int = 2
    zone: str = "Asia/Shanghai"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list. `key` names it in JSON and is never translated.

    `width` is in millimetres on paper; without it the column takes what its content needs. `dash` shows zero as a dash.
    """

    key: str
    title: Text
    kind: Kind = "text"
    width: float | None = None
    align: Align | None = None
    dash: bool = True


class Subtotal(tuple[Cell, ...]):
    """A row of a list that adds up rows above it: a workbook shows it bold."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list to be exported. `facts` say what it shows (as of when, which filter), `totals` is a row of sums or empty.

    `rows` may be a generator: exports read it once, row by row.
    """

    title: Text
    columns: tuple[Column, ...]
    rows: Iterable[Sequence[Cell]]
    facts: tuple[Fact, ...] = ()
    totals: tuple[Cell, ...] = ()
    notation: Notation = Notation()


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled value in the head of a paper: the date, the storeroom, who handled it."""

    label: Text
    value: Cell
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody the paper is between: a supplier, a customer, a department."""

    role: Text
    name: Text | str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table on paper: a plain line, the heading of a group (first cell only), or a subtotal."""

    cells: tuple[Cell, ...]
    look: Look = "line"


@dataclass(frozen=True, slots=True)
class PaperTable:
    """A table that breaks over pages and repeats its head. Without lines it says so."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    title: Text | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart. `note` is a second, small line under the label."""

    label: Text | str
    value: Decimal
    note: Text | str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """Horizontal bars in the order given; negative values run to the left of the zero line."""

    title: Text | None
    bars: tuple[Bar, ...]
    kind: Kind = "money"


@dataclass(frozen=True, slots=True)
class Waterfall:
    """A bridge: from one figure by steps to another, start + steps = end. A step above zero is drawn as a rise in cost."""

    title: Text | None
    start: Bar
    steps: tuple[Bar, ...]
    end: Bar
    kind: Kind = "money"


@dataclass(frozen=True, slots=True)
class Tile:
    """A head figure in a box; `note` stands small under it: what it was before."""

    label: Text | str
    value: Cell
    kind: Kind = "money"
    note: Text | str = ""


@dataclass(frozen=True, slots=True)
class Tiles:
    """Head figures side by side."""

    tiles: tuple[Tile, ...]
    title: Text | None = None


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows starts on a new page."""


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph in the body of a paper, with or without a heading over it."""

    text: Text | str
    title: Text | None = None


Block: TypeAlias = PaperTable | Chart | Waterfall | Tiles | Words | NewPage


@dataclass(frozen=True, slots=True)
class Total:
    """A line under the tables: label and sum. The strong one is what the paper comes to."""

    label: Text
    value: Cell
    kind: Kind = "money"
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """A place to sign; the name is printed when it is known who signs."""

    label: Text
    name: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A photograph that goes with a paper, such as a receipt: a JPEG or PNG, and what it is."""

    title: Text | str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class CompanyHead:
    """Who issues the paper: name, then address, telephone, tax number as lines. `logo` is a PNG or JPEG.

    `foot` stands at the bottom of every page: a bank account, a web address, a licence.
    """

    name: Text | str
    lines: tuple[str, ...] = ()
    logo: bytes | None = None
    foot: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A slip or report on paper. Everything but head, title and number may be left out.

    `coded` draws the number as a barcode too. `stamp` is the state printed beside the title (draft, reversed). `foot`
    stands at the bottom of each page, for instance when and by whom it was printed. `grows` sets a half page that would
    not hold it all on a whole one. `pictures` come behind all of it, on pages of their own.
    """

    head: CompanyHead
    title: Text
    number: str
    facts: tuple[Fact, ...] = ()
    parties: tuple[Party, ...] = ()
    body: tuple[Block, ...] = ()
    totals: tuple[Total, ...] = ()
    remarks: Text | str = ""
    signatures: tuple[Signature, ...] = ()
    coded: bool = True
    stamp: Text | None = None
    foot: Text | str = ""
    size: PaperSize = "A4"
    landscape: bool = False
    notation: Notation = Notation()
    grows: bool = False
    pictures: tuple[Picture, ...] = ()
