"""A Discord for tests: HTTP and gateway over real sockets, with the rules that a bot can break."""

from tests.discord_loopback.server import FakeDiscord, Interaction

__all__ = ["FakeDiscord", "Interaction"]
