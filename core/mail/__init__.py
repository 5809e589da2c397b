"""E-mail: the mail server of the site, and an outbox that survives no network, a crash and several programs.

Other domains queue a finished e-mail inside their own transaction (`queue_mail`): it is kept to the byte and goes once
that transaction is kept, never twice for one request. `send_due` sends what may go; a mail is written down as being sent
before the server hears of it, so that whatever dies in between leaves a question for a person and never a second e-mail.
`mail_states` tells how the mails of a record stand. The password of the server is kept by each PC, never in the database.
"""

from core.mail.commands.outbox import hurry_mails, it_arrived, send_again, withdraw_mail
from core.mail.commands.sending import ask_stranded, mark_mail, take_mail
from core.mail.commands.server import save_mail_server
from core.mail.queries import (
    count_mails,
    get_mail,
    get_mail_server,
    get_mails_due,
    get_taken_mail,
    get_test_mail,
    list_mails,
)
from core.mail.rules.message import LARGEST_ATTACHMENTS, check_address, file_name, one_line
from core.mail.rules.outbox import unsure_question
from core.mail.rules.server import USUAL_PORT
from core.mail.sending.passwords import find_mail_password, keep_mail_password
from core.mail.sending.run import send_due, send_test_mail, what_lacks
from core.mail.steps import doubt_unsent, mail_states, queue_mail
from core.mail.types import (
    SECURITIES,
    Attached,
    Delivery,
    Mailbox,
    MailCard,
    MailCounts,
    MailFilter,
    MailList,
    MailRow,
    MailRun,
    MailsDue,
    MailServer,
    MailServerEdit,
    NewMail,
    Security,
    TakenMail,
)

__all__ = [
    "LARGEST_ATTACHMENTS",
    "SECURITIES",
    "USUAL_PORT",
    "Attached",
    "Delivery",
    "MailCard",
    "MailCounts",
    "MailFilter",
    "MailList",
    "MailRow",
    "MailRun",
    "MailServer",
    "MailServerEdit",
    "Mailbox",
    "MailsDue",
    "NewMail",
    "Security",
    "TakenMail",
    "ask_stranded",
    "check_address",
    "count_mails",
    "doubt_unsent",
    "file_name",
    "find_mail_password",
    "get_mail",
    "get_mail_server",
    "get_mails_due",
    "get_taken_mail",
    "get_test_mail",
    "hurry_mails",
    "it_arrived",
    "keep_mail_password",
    "list_mails",
    "mail_states",
    "mark_mail",
    "one_line",
    "queue_mail",
    "save_mail_server",
    "send_again",
    "send_due",
    "send_test_mail",
    "take_mail",
    "unsure_question",
    "what_lacks",
    "withdraw_mail",
]
