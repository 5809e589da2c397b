"""How deliveries are received: facts for all of them at once, lines resolved, questions asked, one desk, written at once."""

from core.purchasing.steps.receiving.post import receive, receive_all

__all__ = ["receive", "receive_all"]
