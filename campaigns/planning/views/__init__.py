"""The pages of campaigns: each view turns a request into one call and an answer."""
