"""The names that the manifest and the listeners share."""

from __future__ import annotations

ASK_COMMAND = "/ask"
ABOUT_MESSAGE = "about_message"
ADD_SHORTCUT = "add_to_corpus"
CHANNEL_VIEW = "channel_view"
CORRECT_VIEW = "correct_view"
CHECK_NUMBERS = "check_numbers"
ASK_SHORTCUT = "ask_the_record"
ASK_VIEW = "ask_view"
ANSWER_VIEW = "answer_view"
NAME_VIEW = "name_view"
COMMENT_VIEW = "comment_view"
WRONG_VIEW = "wrong_view"
SHARE_VIEW = "share_view"
TAKEAWAYS_COMMAND = "/takeaways"
PROMPTS = (
    ("A market figure", "NEV sales in October 2021?"),
    ("How fast it grew", "How much did power battery installations grow from January to October 2021?"),
    ("A strategy question", "Why is Japan betting on all-solid-state batteries?"),
    ("The takeaways", "What did the seminar conclude?"),
)
