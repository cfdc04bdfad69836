"""Training, export and evaluation of the dependency parser."""
