"""Saying no before anything is written, with what to do instead."""


class Refused(Exception):
    """The sentence is for the person at the keyboard."""
