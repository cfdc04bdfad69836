"""A question as people type it → plain, tagged words."""
