"""Letters that are prepared for an officer to read, change and send: Suivi writes to no office by itself."""
