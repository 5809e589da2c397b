"""Expense claims."""

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Filled in by the commit that brings the tables."""


def downgrade() -> None:
    """Filled in by the commit that brings the tables."""
