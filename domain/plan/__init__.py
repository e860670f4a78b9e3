"""Work plans: a tree of variable depth, whose items are followed as cases."""
