"""The door of the terminal: thin, no rules."""
