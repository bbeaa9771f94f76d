"""Asking platforms for the figures of posts: off without keys, never in anybody's way."""
