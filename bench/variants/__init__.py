"""How well documents are read that nobody tuned a grammar to: variants of the real ones, and invented ones of their families."""
