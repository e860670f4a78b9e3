"""A thread with an office: what was asked of it, for which cases, and what came back."""
