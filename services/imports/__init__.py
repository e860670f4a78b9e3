"""Documents read into proposals: from a file to dataclasses, without a database."""
