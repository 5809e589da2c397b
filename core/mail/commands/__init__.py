"""What people do with e-mails and the mail server, and the steps of a run that sends."""
