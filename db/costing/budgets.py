"""What may be spent by category and month."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Numbered
from db.columns import Instant, Key


class Budget(Base, Numbered):
    """The budget of a category with all below it, in one month (2026-10), in whole minor units. `place` is the category
    again, 0 for the whole site, so that nothing has two budgets."""

    __tablename__ = "budget"
    __table_args__ = (UniqueConstraint("month", "place"),)
    topic = "budget"
    month: Mapped[str] = mapped_column(String(7))
    place: Mapped[int] = mapped_column(BigInteger)
    category_id: Mapped[int | None] = mapped_column(Key, ForeignKey("category.id", ondelete="CASCADE"), index=True)
    amount: Mapped[int] = mapped_column(BigInteger)
    changed_at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[int] = mapped_column(Key, ForeignKey("person.id"))
