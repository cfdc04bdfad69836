"""Yes, no, or not told; and which of two alternatives."""
