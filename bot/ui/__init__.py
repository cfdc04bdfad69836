"""How things look in Discord: answers, buttons, modals, pages, and every length limit."""
