"""The fields of an item as forms show them, and how their values are said."""

from __future__ import annotations

from decimal import Decimal

from core import catalog
from core.i18n import _, join
from core.words import CostMethod, Permission, StorageKind, word
from desktop.catalog.editors import AllergenEdit, DaysEdit, NamesEdit, UnitEdit
from desktop.catalog.known import Known
from desktop.widgets import (
    CheckEdit,
    Choice,
    CodeEdit,
    Form,
    MoneyEdit,
    NoteEdit,
    QtyEdit,
    TextEdit,
    Words,
    money_words,
    number_words,
)

WIDE = 700


def add_names(form: Form, known: Known) -> None:
    """Names, code, category, and what describes it."""
    form.add_heading(_("Item"))
    form.add("name", _("Name"), TextEdit(most=200), required=True)
    form.add("name_en", _("English name"), TextEdit(most=200))
    form.add("category_id", _("Category"), Choice(options=known.category_options(), empty=_("No category")))
    form.add("code", _("Code"), CodeEdit(most=40))
    form.add("spec", _("Specification"), TextEdit(most=200))
    form.add("brand", _("Brand"), TextEdit(most=80))
    form.add("origin", _("Origin"), TextEdit(most=80))
    form.add("aliases", _("Also called"), NamesEdit(), hint=_("Found by these too."))


def add_units(form: Form, known: Known) -> None:
    """The units it is counted, bought and issued in."""
    form.add_heading(_("Units"))
    form.add("base_unit", _("Base unit"), UnitEdit(known, placeholder=_("kg, L, each…")), required=True)
    same = _("base unit")
    form.add("purchase_unit", _("Purchase unit"), UnitEdit(known, placeholder=same))
    form.add("issue_unit", _("Issue unit"), UnitEdit(known, placeholder=same))
    form.add("count_unit", _("Count unit"), UnitEdit(known, placeholder=same))


def add_keeping(form: Form) -> None:
    """How it is kept, and what must be said of it."""
    form.add_heading(_("Keeping"))
    kinds = [(kind, word(kind)) for kind in StorageKind]
    form.add("storage_kind", _("Storage"), Choice(options=kinds, search=False), required=True)
    form.add("lot_tracked", _("Lot tracking"), CheckEdit(_("Keep lots and expiry dates")))
    form.add("shelf_life_days", _("Shelf life"), DaysEdit())
    form.add("opened_life_days", _("Use-by after opening"), DaysEdit())
    form.add("allergens", _("Allergens"), AllergenEdit(), span=True)


def add_money(form: Form, known: Known, *, is_new: bool) -> None:
    """Prices and cost, for those with the right."""
    form.add_heading(_("Prices and cost") if known.context.shell.may(Permission.PRICE_EDIT) else _("Cost"))
    if known.context.shell.may(Permission.PRICE_EDIT):
        form.add("sale_price", _("Sale price"), MoneyEdit(decimals=6), hint=_("Of one base unit."))
        form.add("tax_rate", _("Tax rate"), QtyEdit(unit="%"))
    methods = [(method, word(method)) for method in CostMethod]
    of_site: Words = _("As the site") if is_new else ""
    form.add("cost_method", _("Cost method"), Choice(options=methods, empty=of_site, search=False))
    if known.context.shell.may(Permission.PRICE_EDIT):
        form.add("standard_cost", _("Standard cost"), MoneyEdit(decimals=6), hint=_("Of one base unit."))


def add_rest(form: Form) -> None:
    """Class and remark."""
    classes = [("A", "A"), ("B", "B"), ("C", "C")]
    form.add("abc_class", _("ABC class"), Choice(options=classes, empty=_("No class"), search=False))
    form.add("note", _("Remark"), NoteEdit(lines=2, most=10_000), span=True)


def set_defaults(form: Form) -> None:
    """What a new item is until somebody says otherwise."""
    form.set_values({"category_id": None, "cost_method": None, "abc_class": None, "storage_kind": StorageKind.DRY})


def said_value(known: Known, key: str, value: object) -> Words:
    """A field's value in words, where two people typed different ones."""
    if value in (None, "", ()):
        return _("nothing")
    if key == "category_id":
        return known.category_name(value)
    if key == "storage_kind":
        return word(StorageKind(str(value)))
    if key == "cost_method":
        return word(CostMethod(str(value)))
    if key.endswith("_unit"):
        return known.unit(str(value))
    if key == "allergens" and isinstance(value, tuple | list):
        return join([catalog.allergen_name(str(one)) for one in value])
    if key in ("sale_price", "standard_cost") and isinstance(value, Decimal):
        return money_words(value, sign=True)
    return _plainly(value)


def _plainly(value: object) -> Words:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, Decimal | int):
        return number_words(value)
    if isinstance(value, tuple | list):
        return "、".join(str(one) for one in value)
    return " ".join(str(value).split())[:60]
