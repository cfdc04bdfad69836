"""Who or what somebody or something is: names, posts, owners, ages, abbreviations."""
