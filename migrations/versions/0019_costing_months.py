"""Months and their closing."""

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Filled in by the commit that brings the tables."""


def downgrade() -> None:
    """Filled in by the commit that brings the tables."""
