"""A case: a resolution or a bundle of them, followed from its adoption to its end."""
