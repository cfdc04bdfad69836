"""What people meet when they ask: the answer's look, buttons, edits, limits, mistakes."""

from __future__ import annotations

import pytest

from bot.client import Dateline
from bot.preferences import Certainty, ChannelPreferences, Mode, ServerPreferences
from tests.bot.conftest import Connect
from tests.bot.memory import MemoryBase
from tests.discord_loopback import FakeDiscord
from tests.discord_loopback.server import (
    BOT,
    CATEGORY,
    CHANNEL,
    DIRECT,
    FORUM,
    GUILD,
    OTHER_CHANNEL,
    STRANGER,
    USER,
    buttons,
    text_of,
)

AT = f"<@{BOT}>"
ASK = f"{AT} who opened the terminal?"
UNTOLD = f"{AT} what colour is the moon?"
NEAR = f"{AT} who opend it?"


async def answer(fake: FakeDiscord, text: str, **kw: object) -> dict:  # type: ignore[type-arg]
    return await fake.answer_to(await fake.say(text, **kw))  # type: ignore[arg-type]


# The look


async def test_attribution_and_escaped_echo(fake: FakeDiscord, bot: Dateline) -> None:
    embed = (await answer(fake, f"{AT} how much was it?"))["embeds"][0]
    assert embed["title"] == "4.2 million euros"
    assert r"— according to the \*Gazette\*" in embed["description"]
    assert r"> The harbour\_office paid **4.2 million euros** for it." in embed["description"]
    assert "paragraph 2" in embed["footer"]["text"]


async def test_not_told_is_kind_and_offers_the_nearest_questions(fake: FakeDiscord, bot: Dateline) -> None:
    sent = await answer(fake, UNTOLD)
    assert "does not say" in text_of(sent) and "rather not guess" in text_of(sent)
    assert "**1.** Who opened the new ferry terminal?" in text_of(sent)
    done = await fake.click(sent, "1")
    assert done.callback and done.callback["type"] == 7
    assert "**Mayor Lena Brandt**" in text_of(sent)


async def test_did_you_mean_has_a_button_for_each_question(fake: FakeDiscord, bot: Dateline) -> None:
    sent = await answer(fake, NEAR)
    assert [b["label"] for b in buttons(sent)] == ["1", "2", "3"]
    assert r"**2.** How much did the harbour\_office pay?" in text_of(sent)
    picked = await fake.click(sent, "2", user=STRANGER)
    assert picked.ephemeral and "4.2 million euros" in picked.text
    assert "Did you mean" in text_of(sent)


async def test_each_outcome_has_its_colour(fake: FakeDiscord, bot: Dateline) -> None:
    colours = {(await answer(fake, t))["embeds"][0]["color"] for t in (ASK, UNTOLD, NEAR)}
    assert len(colours) == 3


async def test_a_bare_mention_is_greeted_with_examples(fake: FakeDiscord, bot: Dateline) -> None:
    sent = await answer(fake, AT)
    assert "proves each answer" in text_of(sent) and "Who opened the new ferry terminal?" in text_of(sent)


@pytest.mark.parametrize("text", ["https://a.example/b", "", "hi"])
async def test_a_posted_link_or_file_is_told_to_be_not_opened(
    fake: FakeDiscord, bot: Dateline, base: MemoryBase, text: str
) -> None:
    posted = [] if text.startswith("http") else [fake.attachment("a.txt", b"x")]
    sent = await answer(fake, f"{AT} {text}", attachments=posted)
    assert "do not open links or files" in text_of(sent) and "/knowledge add" in text_of(sent)
    assert not base.records, "no gap for a moderator to teach"


async def test_small_talk_is_answered_and_logged_as_no_question(
    fake: FakeDiscord, bot: Dateline, base: MemoryBase
) -> None:
    assert "welcome" in text_of(await answer(fake, "thanks!", channel=DIRECT))
    assert "proves each answer" in text_of(await answer(fake, f"{AT} who are you?"))
    assert "proves each answer" in (await fake.slash("/ask", question="help")).text
    assert not base.records


async def test_who_asks_what_it_is_about_sees_the_article(
    fake: FakeDiscord, bot: Dateline, base: MemoryBase
) -> None:
    for shown in (
        text_of(await answer(fake, f"{AT} what is the article about?")),
        (await fake.slash("/ask", question="summary please")).text,
    ):
        assert "Terminal opens" in shown and "paragraph" in shown
    assert not base.records


async def test_an_overlong_or_pinless_question_is_refused_in_words(fake: FakeDiscord, bot: Dateline) -> None:
    done = await fake.slash("/ask", question="who opened it?", article="nowhere")
    assert "No article is called “nowhere”" in done.text and "Terminal opens" in done.text and done.ephemeral


async def test_the_slash_answer_shows_the_question_and_only_for_me_hides_it(
    fake: FakeDiscord, bot: Dateline
) -> None:
    done = await fake.slash("/ask", question="who *opened* <@5> it?", only_for_me=True)
    assert done.ephemeral and done.original
    assert done.original["content"] == r"> who \*opened\* \<@5> it?"


# Buttons


async def test_in_context_shows_the_paragraphs_around(fake: FakeDiscord, bot: Dateline) -> None:
    done = await fake.click(await answer(fake, f"{AT} how much was it?"), "In context")
    assert done.ephemeral
    assert "Mayor Lena Brandt opened" in done.text and "Critics stayed away" in done.text


async def test_why_names_the_understood_question(fake: FakeDiscord, bot: Dateline) -> None:
    done = await fake.click(await answer(fake, ASK), "Why")
    assert done.ephemeral and "Who opened the new ferry terminal?" in done.text and "93%" in done.text


async def test_next_best_shows_further_answers(fake: FakeDiscord, bot: Dateline) -> None:
    done = await fake.click(await answer(fake, ASK), "Next best")
    assert done.ephemeral and "Critics stayed away" in done.text


async def test_one_vote_a_person(fake: FakeDiscord, bot: Dateline, base: MemoryBase) -> None:
    sent = await answer(fake, ASK)
    await fake.click(sent, "👍")
    done = await fake.click(sent, "👎")
    assert base.votes == {(1, USER): -1} and "👎 1" in done.text


async def test_feedback_can_be_switched_off(fake: FakeDiscord, bot: Dateline) -> None:
    await bot.preferences.set_server(int(GUILD), ServerPreferences(feedback=False))
    assert not [b for b in buttons(await answer(fake, ASK)) if b.get("emoji")]


async def test_old_buttons_work_after_a_restart(
    fake: FakeDiscord, connect: Connect, base: MemoryBase
) -> None:
    async with connect():
        told, near = await answer(fake, ASK), await answer(fake, NEAR)
        slash = await fake.slash("/ask", question="who opened it?")
    async with connect():
        await fake.quiet()
        assert "Critics" in (await fake.click(told, "Next best")).text
        assert "Mayor" in (await fake.click(told, "In context")).text
        assert slash.original and "Who opened" in (await fake.click(slash.original, "Why")).text
        assert "4.2 million euros" in (await fake.click(near, "2")).text
        await fake.click(told, "👍")
        assert base.votes == {(1, USER): 1}


# Edits, deletions, conversations


async def test_an_edited_question_edits_the_answer(
    fake: FakeDiscord, bot: Dateline, base: MemoryBase
) -> None:
    asked = await fake.say(UNTOLD)
    sent = await fake.answer_to(asked)
    await fake.edit(asked, ASK)
    await fake.until(lambda: "Lena Brandt" in text_of(sent))
    await fake.quiet()
    assert len(fake.sent()) == 1 and base.erased == [1]


async def test_an_edit_that_changes_nothing_is_ignored(fake: FakeDiscord, bot: Dateline) -> None:
    asked = await fake.say(ASK)
    await fake.answer_to(asked)
    await fake.edit(asked, asked["content"])
    await fake.quiet()
    assert not fake.calls("PATCH", "/messages/")


async def test_a_mention_added_by_an_edit_is_answered(fake: FakeDiscord, bot: Dateline) -> None:
    asked = await fake.say("who opened the terminal?")
    asked["mentions"] = [fake.people[BOT]]
    await fake.edit(asked, ASK)
    assert "Lena Brandt" in text_of(await fake.answer_to(asked))


async def test_a_deleted_question_takes_its_answer_along(
    fake: FakeDiscord, bot: Dateline, base: MemoryBase
) -> None:
    asked = await fake.say(ASK)
    await fake.answer_to(asked)
    await fake.delete(asked)
    await fake.until(lambda: not fake.sent())
    assert base.erased == [1]


async def test_an_edit_after_a_restart_edits_the_answer(
    fake: FakeDiscord, connect: Connect, base: MemoryBase
) -> None:
    async with connect():
        asked = await fake.say(UNTOLD)
        sent = await fake.answer_to(asked)
        await answer(fake, ASK, user=STRANGER)
    async with connect():
        await fake.edit(asked, ASK)
        await fake.until(lambda: "Lena Brandt" in text_of(sent))
        await fake.quiet()
        assert len(fake.sent()) == 2 and base.erased == [1]


async def test_a_deletion_after_a_restart_deletes_the_answer(
    fake: FakeDiscord, connect: Connect, base: MemoryBase
) -> None:
    async with connect():
        asked = await fake.say(ASK)
        await fake.answer_to(asked)
        other = await answer(fake, ASK, user=STRANGER)
    async with connect():
        await fake.delete(asked)
        await fake.until(lambda: len(fake.sent()) == 1)
        assert fake.sent() == [other] and base.erased == [1]


async def test_many_deletions_after_a_restart_cost_one_look(
    fake: FakeDiscord, connect: Connect, base: MemoryBase
) -> None:
    async with connect():
        asked = [await fake.say(ASK) for _ in range(5)]
        await fake.until(lambda: len(fake.sent()) == 5)
    async with connect():
        ids = [m["id"] for m in asked]
        for message in ids:
            fake.messages.pop(message)
        await fake.dispatch(
            "MESSAGE_DELETE_BULK", {"ids": ids, "channel_id": CHANNEL, "guild_id": asked[0]["guild_id"]}
        )
        await fake.until(lambda: not fake.sent())
        assert len(fake.calls("GET", "/messages$")) == 1


async def test_an_answer_in_a_thread_goes_with_its_question_after_a_restart(
    fake: FakeDiscord, connect: Connect
) -> None:
    async with connect() as bot:
        await bot.preferences.set_channel(int(GUILD), int(CHANNEL), ChannelPreferences(threads=True))
        asked = await fake.say(ASK)
        await fake.until(lambda: fake.sent(asked["id"]))
    async with connect():
        await fake.quiet()
        await fake.delete(asked)
        await fake.until(lambda: not fake.sent(asked["id"]))


async def test_what_others_delete_is_not_looked_for_when_it_was_seen(
    fake: FakeDiscord, bot: Dateline
) -> None:
    chat = await fake.say("good morning all")
    await fake.quiet()
    await fake.delete(chat)
    await fake.quiet()
    assert not fake.calls("GET", "/messages")


async def test_where_the_bot_may_not_look_back_nothing_happens(
    fake: FakeDiscord, connect: Connect, caplog: pytest.LogCaptureFixture
) -> None:
    async with connect():
        asked = await fake.say(ASK)
        await fake.answer_to(asked)
    fake.forbidden.add(CHANNEL)
    async with connect():
        await fake.delete(asked)
        await fake.edit(asked, UNTOLD)
        await fake.quiet(0.3)
    assert not [r for r in caplog.records if r.levelname == "ERROR"]


async def test_a_question_deleted_before_it_is_answered(fake: FakeDiscord, bot: Dateline) -> None:
    fake.slow("POST", "/messages$", 0.2)
    asked = await fake.say(ASK)
    await fake.delete(asked)
    await fake.quiet(0.5)
    assert not fake.sent()


async def test_a_reply_carries_the_earlier_questions(
    fake: FakeDiscord, bot: Dateline, base: MemoryBase
) -> None:
    first = await answer(fake, ASK)
    second = await answer(fake, "and when?", reply_to=first)
    await answer(fake, "and why?", reply_to=second)
    assert base.questions[-1].context == ("who opened the terminal?", "and when?")


async def test_a_reply_without_ping_to_a_private_answer_needs_no_intent(
    fake: FakeDiscord, connect: Connect, base: MemoryBase
) -> None:
    async with connect(message_content=True):
        first = await answer(fake, ASK)
        sent = await answer(fake, "and when?", reply_to=first, ping=False)
        assert "Monday" in text_of(sent)


async def test_a_reply_to_an_answer_from_before_the_restart(
    fake: FakeDiscord, connect: Connect, base: MemoryBase
) -> None:
    async with connect():
        first = await answer(fake, ASK)
    async with connect():
        await fake.quiet()
        assert "Monday" in text_of(await answer(fake, "and when?", reply_to=first))


async def test_a_reply_to_a_slash_answer_continues(
    fake: FakeDiscord, bot: Dateline, base: MemoryBase
) -> None:
    done = await fake.slash("/ask", question="who opened the terminal?")
    assert done.original
    sent = await answer(fake, f"{AT} and when?", reply_to=done.original)
    assert "Monday" in text_of(sent)


async def test_buttons_of_a_follow_up_work_after_a_restart(
    fake: FakeDiscord, connect: Connect, base: MemoryBase
) -> None:
    async with connect():
        sent = await answer(fake, "and when?", reply_to=await answer(fake, ASK))
    async with connect():
        await fake.quiet()
        done = await fake.click(sent, "Why?")
        assert base.questions[-1].text == "when did Lena Brandt open the terminal?" and done.text


async def test_an_edit_right_after_the_question_is_answered_once(fake: FakeDiscord, bot: Dateline) -> None:
    asked = await fake.say(UNTOLD)
    await fake.edit(asked, ASK)
    await fake.until(lambda: any("Lena Brandt" in text_of(m) for m in fake.sent()))
    await fake.quiet()
    assert len(fake.sent()) == 1


async def test_the_next_question_in_private_continues(
    fake: FakeDiscord, bot: Dateline, base: MemoryBase
) -> None:
    await answer(fake, "who opened the terminal?", channel=DIRECT)
    assert "Monday" in text_of(await answer(fake, "and when?", channel=DIRECT))


async def test_a_mention_in_a_channel_begins_anew(fake: FakeDiscord, bot: Dateline, base: MemoryBase) -> None:
    await answer(fake, ASK)
    await answer(fake, f"{AT} and when?")
    assert base.questions[-1].context == ()


# Channels


async def test_a_chosen_channel_is_answered_when_sure_and_else_left_alone(
    fake: FakeDiscord, connect: Connect
) -> None:
    async with connect(message_content=True) as bot:
        await bot.preferences.set_channel(int(GUILD), int(CHANNEL), ChannelPreferences(mode=Mode.UNASKED))
        assert "Lena Brandt" in text_of(await answer(fake, "who opened the terminal?"))
        await fake.say("what colour is the moon?")
        await fake.say("good morning all")
        await fake.say("who opened the terminal?", channel=OTHER_CHANNEL)
        await fake.quiet()
        assert len(fake.sent()) == 1


async def test_a_careful_server_is_answered_less(fake: FakeDiscord, connect: Connect) -> None:
    async with connect(message_content=True) as bot:
        await bot.preferences.set_channel(int(GUILD), int(CHANNEL), ChannelPreferences(mode=Mode.UNASKED))
        await bot.preferences.set_server(int(GUILD), ServerPreferences(certainty=Certainty.CAREFUL))
        await fake.say("who opened the terminal?")
        await fake.quiet()
        assert not fake.sent()


async def test_an_eager_server_is_answered_with_the_nearest_question(
    fake: FakeDiscord, bot: Dateline
) -> None:
    await bot.preferences.set_server(int(GUILD), ServerPreferences(certainty=Certainty.EAGER))
    sent = await answer(fake, NEAR)
    assert "Lena Brandt" in text_of(sent) and "Understood as" in text_of(sent)


async def test_a_channel_has_its_categorys_choices(fake: FakeDiscord, bot: Dateline) -> None:
    await bot.preferences.set_channel(int(GUILD), int(CATEGORY), ChannelPreferences(mode=Mode.OFF))
    await fake.say(ASK)
    await fake.quiet()
    assert not fake.sent()
    assert await answer(fake, ASK, channel=OTHER_CHANNEL)


async def test_answers_in_threads_where_the_channel_says_so(fake: FakeDiscord, bot: Dateline) -> None:
    await bot.preferences.set_channel(int(GUILD), int(CHANNEL), ChannelPreferences(threads=True))
    asked = await fake.say(ASK)
    await fake.until(lambda: fake.sent(asked["id"]))
    thread = asked["id"]
    assert "Lena Brandt" in text_of(fake.sent(thread)[0])
    assert fake.calls("POST", "/threads")[0].body["name"] == "who opened the terminal?"
    await fake.say(f"{AT} and when?", channel=thread)
    await fake.until(lambda: len(fake.sent(thread)) == 2)
    assert "Monday" in text_of(fake.sent(thread)[1])


async def test_a_forum_post_is_answered_by_its_title(fake: FakeDiscord, bot: Dateline) -> None:
    await bot.preferences.set_channel(int(GUILD), int(FORUM), ChannelPreferences(mode=Mode.UNASKED))
    post = await fake.forum_post(FORUM, "Who opened the terminal?", "Asking for a friend.")
    assert "Lena Brandt" in text_of(await fake.answer_to(post))


async def test_a_pinned_article_that_is_gone_silences_nobody(
    fake: FakeDiscord, bot: Dateline, base: MemoryBase
) -> None:
    choices = ChannelPreferences(articles=("gone", "lost"))
    await bot.preferences.set_channel(int(GUILD), int(CHANNEL), choices)
    assert "Lena Brandt" in text_of(await answer(fake, ASK))
    await bot.preferences.set_channel(int(GUILD), int(CHANNEL), ChannelPreferences(articles=("gone",)))
    assert "Lena Brandt" in text_of(await answer(fake, ASK))
    assert (await fake.slash("/ask", question="leads", focus="question")).choices


async def test_a_pinned_channel_asks_its_article(fake: FakeDiscord, bot: Dateline, base: MemoryBase) -> None:
    await bot.preferences.set_channel(int(GUILD), int(CHANNEL), ChannelPreferences(articles=("ferry",)))
    await answer(fake, ASK)
    assert base.questions[-1].article == "ferry"


# Limits and rights


async def test_who_asks_too_much_is_told_once(fake: FakeDiscord, connect: Connect) -> None:
    async with connect(user_questions=2):
        for _ in range(5):
            await fake.say(ASK)
        await fake.until(lambda: len(fake.sent()) == 3)
        await fake.quiet()
        told = [m for m in fake.sent() if "a lot of questions" in text_of(m)]
        assert len(fake.sent()) == 3 and len(told) == 1
        assert "a lot of questions" in (await fake.slash("/ask", question="x y")).text
        assert "Lena" in (await fake.slash("/ask", question="who opened it?", user=STRANGER)).text


@pytest.mark.parametrize("limit", [1])
async def test_a_channel_has_its_own_limit(fake: FakeDiscord, connect: Connect, limit: int) -> None:
    async with connect(channel_questions=limit):
        await answer(fake, ASK)
        assert "a lot of questions" in text_of(await answer(fake, ASK, user=STRANGER))


async def test_nothing_that_is_echoed_can_ping(fake: FakeDiscord, bot: Dateline) -> None:
    await fake.slash("/ask", question="@everyone <@&5> <@800000000000000001> who opened it?")
    await answer(fake, f"{AT} @everyone <@{STRANGER}> who opened it?")
    for request in fake.calls("POST", "messages$|callback$"):
        body = request.body.get("data", request.body)
        assert (
            body["allowed_mentions"] == {"parse": [], "replied_user": False}
            or not body["allowed_mentions"]["parse"]
        )


async def test_bots_and_webhooks_are_left_alone(fake: FakeDiscord, bot: Dateline) -> None:
    await fake.say(ASK, webhook_id="5")
    await fake.say(ASK, author={**fake.people[USER], "bot": True})
    await fake.quiet()
    assert not fake.sent()


async def test_embeds_forbidden_the_answer_comes_as_text(fake: FakeDiscord, bot: Dateline) -> None:
    fake.fail("POST", "/messages$", 403, body={"code": 50013, "message": "Missing Permissions"})
    await fake.say(ASK)
    await fake.until(lambda: fake.sent())
    assert "**Mayor Lena Brandt**" in fake.sent()[0]["content"]
