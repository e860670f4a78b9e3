"""Mail: from the steps that were taken to what a mail server has taken on, through an outbox that people can see."""

from services.mail.delivery import Delivered, deliver
from services.mail.outbox import letter, listing, retry
from services.mail.reaction import react

__all__ = ["Delivered", "deliver", "letter", "listing", "react", "retry"]
