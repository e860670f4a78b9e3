"""How people prove who they are, and what a browser then enters with."""
