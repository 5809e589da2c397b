"""Building blocks for other domains' commands: queueing an e-mail, and how those of a record stand."""

from core.mail.steps.outbox import doubt_unsent, mail_states, queue_mail

__all__ = ["doubt_unsent", "mail_states", "queue_mail"]
