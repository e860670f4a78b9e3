"""Mail: from the steps that were taken to what a mail server has taken on, through an outbox that people can see."""

from services.mail.delivery import Delivered, deliver
from services.mail.outbox import hold_back, letter, listing, retry
from services.mail.reaction import react

__all__ = ["Delivered", "deliver", "hold_back", "letter", "listing", "react", "retry"]
