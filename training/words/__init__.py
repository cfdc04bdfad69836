"""Make the word tables in knowledge/language/data from public data."""
