"""How deliveries are received: facts for all of them at once, lines resolved, questions asked, one desk, written at once."""

from core.purchasing.steps.receiving.post import bring_in_deliveries, receive

__all__ = ["bring_in_deliveries", "receive"]
