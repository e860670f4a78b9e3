"""The way in for every command, the store, the log, and what the world is told: everything that does I/O."""
