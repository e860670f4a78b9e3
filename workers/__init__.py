"""The doors that nobody knocks at: what runs by itself."""
