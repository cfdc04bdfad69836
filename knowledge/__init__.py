"""What the articles say and which questions they answer."""
