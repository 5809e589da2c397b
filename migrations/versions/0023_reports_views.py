"""Saved views and schedules."""

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """Filled in by the commit that brings the tables."""


def downgrade() -> None:
    """Filled in by the commit that brings the tables."""
