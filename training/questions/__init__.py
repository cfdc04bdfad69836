"""How the asking side's tables and weights were made."""
