"""E-mails for tests."""

from __future__ import annotations

from email.message import EmailMessage

SENT = "Thu, 4 Jul 2024 21:30:00 -0400"


def mail(text: str, sender: str = "Cabinet <cabinet@mrn.example>", date: str = SENT, **headers: str) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = sender, headers.pop("subject", "Votre lettre")
    if date:
        message["Date"] = date
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes()


CAME = "Madame,\n\nNous accusons réception de votre lettre\ndu 2 mai 2024.\n\nLe cabinet"
NO = "Madame,\n\nLa ministre ne pourra malheureusement vous rencontrer,\nfaute de disponibilités.\n\nLe cabinet"
ANSWER = "Madame,\n\nLe ministère a lancé un programme de vélos en 2023.\n\nLe cabinet"
