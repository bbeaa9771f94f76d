"""Handing in: what she sends of a draft or an idea, kept as a version that never changes."""
