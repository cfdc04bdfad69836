"""What survives a restart: one SQLite file, written by one connection at a time."""
