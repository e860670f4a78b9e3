"""The door of browsers and programs: HTTP, thin, no rules."""
