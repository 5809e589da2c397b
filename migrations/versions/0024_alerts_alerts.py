"""Rules of alerts their inbox and channels."""

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    """Filled in by the commit that brings the tables."""


def downgrade() -> None:
    """Filled in by the commit that brings the tables."""
