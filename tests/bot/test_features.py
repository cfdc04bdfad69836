"""Which test shows that the bot can do what people expect of one of its kind."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

HERE = Path(__file__).parent

FEATURES = {
    "ask by mention": "test_a_mention_is_answered_with_its_proof",
    "reply to the bot continues": "test_a_reply_carries_the_earlier_questions",
    "direct message": "test_a_direct_message_is_answered",
    "chosen channels, every message": "test_a_chosen_channel_is_answered_when_sure_and_else_left_alone",
    "forum posts": "test_a_forum_post_is_answered_by_its_title",
    "slash command with autocomplete": "test_autocomplete",
    "message menu": "test_menu",
    "threads": "test_answers_in_threads_where_the_channel_says_so",
    "follow-ups": "test_the_next_question_in_private_continues",
    "source cited": "test_a_mention_is_answered_with_its_proof",
    "who says so": "test_attribution_and_escaped_echo",
    "did you mean": "test_did_you_mean_has_a_button_for_each_question",
    "not told": "test_not_told_is_kind_and_offers_the_nearest_questions",
    "mark of the outcome": "test_each_outcome_has_its_colour",
    "feedback buttons": "test_one_vote_a_person",
    "feedback removable": "test_feedback_can_be_switched_off",
    "buttons outlive a restart": "test_old_buttons_work_after_a_restart",
    "in context": "test_in_context_shows_the_paragraphs_around",
    "why this answer": "test_why_names_the_understood_question",
    "next best": "test_next_best_shows_further_answers",
    "edited question": "test_an_edited_question_edits_the_answer",
    "deleted question": "test_a_deleted_question_takes_its_answer_along",
    "edits and deletions after a restart": "test_an_edit_after_a_restart_edits_the_answer",
    "unanswered log": "test_gaps_are_listed_and_dismissed",
    "teaching from a gap": "test_an_answer_is_taught_from_a_gap",
    "knowledge of one server": "test_an_added_file_goes_live_after_its_preview_and_only_there",
    "channel settings": "test_the_settings_panel",
    "inherited channel settings": "test_a_channel_has_its_categorys_choices",
    "reload": "test_reload_reports_what_changed",
    "files taken in": "test_a_bad_file_is_refused_in_words",
    "pasted text taken in": "test_pasted_text_is_added",
    "review of knowledge": "test_show_lists_facts_in_pages",
    "facts corrected": "test_a_fact_is_corrected",
    "permissions": "test_every_command_is_refused_to_others",
    "manager role": "test_the_manager_role_may_manage_and_loses_it_at_once",
    "rate limits": "test_who_asks_too_much_is_told_once",
    "figures": "test_stats",
    "export": "test_an_export_can_be_added_again",
    "metrics and health": "test_metrics_and_health_are_served",
    "privacy": "test_privacy_shows_and_deletes_ones_own",
    "a server's data deleted on request": "test_everything_of_a_server_is_deleted_after_asking_twice",
    "left servers": "test_a_server_that_is_left_is_frozen_and_thawed",
    "user install": "test_a_user_install_sees_only_the_installations_articles",
    "no message-content intent": "test_the_start",
    "commands synced when changed": "test_commands_are_sent_again_only_when_they_changed",
    "errors answered": "test_every_command",
    "errors of panels answered": "test_every_panel",
    "small talk": "test_small_talk_is_answered_and_logged_as_no_question",
    "what it is about": "test_who_asks_what_it_is_about_sees_the_article",
    "three seconds kept": "test_what_takes_long_is_deferred_and_then_answered",
    "replayed interactions": "test_a_replayed_interaction_is_answered_once",
    "rate limits of Discord": "test_a_burst_of_mentions",
    "dead gateway": "test_a_gateway_that_stays_dead_is_noticed",
    "graceful stop": "test_it_answers_keeps_others_out_and_stops_gracefully",
    "nobody pinged": "test_nothing_that_is_echoed_can_ping",
    "length limits": "test_every_answer_fits",
    "browsing: five Ws": "test_article_shows_the_five_ws",
    "browsing: facts": "test_facts_can_be_searched",
    "browsing: people": "test_who_shows_a_card",
    "browsing: quotations": "test_quotes_are_whole_and_named",
    "browsing: times": "test_timeline",
    "browsing: a map": "test_map_shows_who_did_what_to_whom",
    "help": "test_browsing_works_in_private",
    "sharding": "test_the_sharded_bot",
}


@pytest.mark.parametrize(("feature", "test"), FEATURES.items(), ids=FEATURES)
def test_every_feature_has_its_test(feature: str, test: str) -> None:
    tests = "\n".join(
        p.read_text(encoding="utf-8") for p in HERE.glob("test_*.py") if p.name != Path(__file__).name
    )
    assert re.search(rf"^(?:async )?def {test}\(", tests, re.MULTILINE), f"{feature} has lost its test"
