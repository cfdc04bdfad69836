"""Measurements: one module a question, each run by name."""
