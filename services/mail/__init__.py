"""Mail: from the steps that were taken to what a mail server has taken on, through an outbox that people can see."""

from services.mail.bounces import record_bounce
from services.mail.delivery import Delivered, deliver
from services.mail.news import pass_over, react_to_moves
from services.mail.outbox import hold_back, letter, listing, retry
from services.mail.reaction import react

__all__ = [
    "Delivered", "deliver", "hold_back", "letter", "listing", "pass_over", "react", "react_to_moves", "record_bounce", "retry",
]  # fmt: skip
