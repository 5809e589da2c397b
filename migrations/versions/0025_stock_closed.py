"""What stock keeps of a closed month."""

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    """Filled in by the commit that brings the tables."""


def downgrade() -> None:
    """Filled in by the commit that brings the tables."""
