"""What may happen, who may do it, and what is possible instead: workflows as data, asked through one
machine."""
