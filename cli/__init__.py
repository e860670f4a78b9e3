"""The door of the terminal: thin, no rules.

Verbs import services when they run, not when they are declared: help, usage errors and the version answer at once."""
