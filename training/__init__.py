"""How the data in knowledge.language was made, from public sources."""
