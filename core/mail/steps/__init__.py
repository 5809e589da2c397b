"""Building blocks for other domains' commands: queueing an e-mail, and how those of a record stand."""

from core.mail.steps.outbox import mail_states, queue_mail

__all__ = ["mail_states", "queue_mail"]
