"""Work plans: entered with their items as cases, changed, carried over to the next, read from documents."""
