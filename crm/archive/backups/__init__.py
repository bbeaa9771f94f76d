"""Copies of everything for this house: made while people work, thinned, looked at, and brought back."""
