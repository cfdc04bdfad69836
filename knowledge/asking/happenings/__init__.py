"""What happened, and the parts of an event that is known."""
