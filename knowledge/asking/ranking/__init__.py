"""Candidates for an answer in one article, their features, and what these weigh."""
