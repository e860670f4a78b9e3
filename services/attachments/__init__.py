"""Attached files: what comes in, where its content is kept, how it goes out; and e-mails, which are read apart."""
