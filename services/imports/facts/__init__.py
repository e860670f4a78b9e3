"""The dated facts that a follow-up report tells: what happened or is to happen, when, and why that date."""
