"""What the bot can do, one feature a cog."""
