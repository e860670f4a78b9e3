"""What may be decided, and what happened: commands, events and the aggregates that turn one into the other."""
