"""Building blocks of stock for other domains' commands."""

from core.stock.steps.seed import seed_stock

__all__ = ["seed_stock"]
