"""How well the real documents are read, against the facts that were drawn from them by hand."""
