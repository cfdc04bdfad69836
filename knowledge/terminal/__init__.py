"""How answers, facts and reports look in a terminal."""
