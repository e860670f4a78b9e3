"""Plans as organisations print them: read from a document into the tree that the engine follows."""
