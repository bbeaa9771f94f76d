"""Signs in the numbers that are worth a look. Pure functions: readings and thresholds in, words for people out.

No sign is a verdict, and high engagement by itself is never held against anybody: some people are simply loved.
"""
