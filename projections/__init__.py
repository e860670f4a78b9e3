"""Read tables that can be rebuilt from the log at any time, and the questions they answer."""
