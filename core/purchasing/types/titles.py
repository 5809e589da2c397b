"""Names in the reader's language, for rows that carry both."""

from __future__ import annotations


class OfSupplier:
    """A supplier's name in the reader's language."""

    __slots__ = ()
    supplier: str
    supplier_en: str

    def supplier_title(self, language: str) -> str:
        """The supplier's name."""
        return (self.supplier_en or self.supplier) if language == "en" else self.supplier


class OfItem:
    """An item's name in the reader's language."""

    __slots__ = ()
    name: str
    name_en: str

    def title(self, language: str) -> str:
        """The item's name."""
        return (self.name_en or self.name) if language == "en" else self.name
