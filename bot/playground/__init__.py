"""A strict Slack of our own, and its page; knows nothing of the bot."""
