"""What people say to a bot besides questions about articles: hello, who are you, thanks, what is it about.

General English; whole messages only, so that no question about an article is taken for small talk.
"""

from __future__ import annotations

import re
from enum import StrEnum


class Talk(StrEnum):
    """What a message is where it is no question about something that an article tells."""

    HELLO = "hello"
    THANKS = "thanks"
    OVERVIEW = "overview"


def _whole(*wordings: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(wordings)})[\s!.?,:;)*~]*", re.IGNORECASE)


_TEXT = r"(?:the|this|that|your) (?:(?:news )?article|story|text|news|report|piece)"
_HELLO = _whole(
    r"(?:hi|hiya|hello|hallo|hey|heya|yo|howdy|greetings|good (?:morning|day|afternoon|evening))"
    r"(?:[ ,]+(?:there|again|all|everyone|bot|dateline))*",
    r"(?:(?:hi|hello|hey)[ ,]+)?(?:please )?help(?: me)?(?: out)?(?: please)?",
    r"(?:hi|hello|hey)?[ ,]*(?:who|what) are you",
    r"what(?:'s| is) (?:this|this bot|dateline)",
    r"what (?:can|do) (?:you|i) (?:do|know|answer|ask)(?: you)?(?: here)?",
    r"how (?:do|can|does|should) (?:i|we|one|you|it|this|that) (?:use|work|ask|start|begin)"
    r"(?: (?:you|it|this|that|a question|questions|this bot|the bot))*",
    r"how are you(?: doing)?(?: today)?",
    r"are you (?:a bot|there|real|alive|online|working|ai|an ai|human)",
    r"test(?:ing)?(?: test)*|ping|start|menu|commands?|info|options",
)
_THANKS = _whole(
    r"(?:(?:ok|okay|great|cool|nice|wow|perfect|ah|oh)[ ,!.]+)*"
    r"(?:many thanks|thanks?|thank you|thx|ty|tysm|cheers)"
    r"(?:[ ,!.]+(?:you|a lot|a bunch|so much|very much|again|bot|all|everyone|dateline|that helps?(?: a lot)?"
    r"|that was (?:helpful|quick|fast)|for (?:that|this|(?:the|your) (?:help|answer|info|quick answer))))*",
    r"(?:ok|okay|k|kk|lol|lmao|ha(?:ha)+|cool|nice|great|good|wow|sure|fine|perfect|awesome|i see|got it"
    r"|good bot|nice one|well done|good job|bye|goodbye|good night|see you)(?:[ ,!.]+(?:bot|then|dateline))?",
)
_OVERVIEW = _whole(
    rf"(?:so )?what(?:'s| is|s) {_TEXT} (?:all )?about",
    rf"what does {_TEXT} say",
    r"what(?:'s| is) (?:it|this|that) (?:all )?about",
    rf"(?:(?:please|can you|could you)[ ,]+)*summari[sz]e(?: it| this| that| {_TEXT})?"
    r"(?: for me)?(?:[ ,]+please)?",
    rf"(?:give me )?(?:a |the )?(?:short |brief |quick )?(?:summary|overview)(?: of (?:it|{_TEXT}))?"
    r"(?:[ ,]+please)?",
    rf"tell me about {_TEXT}",
    r"tl[;: ]?dr",
    r"what(?:'s| is) (?:new|in the news|the news|the latest(?: news)?)",
    r"which articles? (?:are there|do you (?:have|know))(?: here)?",
    r"what articles? (?:are there|do you (?:have|know))(?: here)?",
)
_LINK = re.compile(r"<?https?://\S+")


def talk_of(text: str) -> Talk | None:
    """Tell what small talk a message is, None for a question about an article."""
    said = " ".join(text.replace("’", "'").split())
    for talk, wordings in ((Talk.HELLO, _HELLO), (Talk.THANKS, _THANKS), (Talk.OVERVIEW, _OVERVIEW)):
        if wordings.fullmatch(said):
            return talk
    return None


def without_links(text: str) -> str:
    """Return the text without web addresses, which nobody opens here."""
    return _LINK.sub(" ", text).strip()
