"""Accounts and journals."""

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Filled in by the commit that brings the tables."""


def downgrade() -> None:
    """Filled in by the commit that brings the tables."""
