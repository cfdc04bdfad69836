"""The question grammar: tagged words → a frame of clauses with slots and a gap."""
