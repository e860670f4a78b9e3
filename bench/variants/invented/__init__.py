"""Documents of organisations that do not exist, from facts drawn at random: one module per family."""
