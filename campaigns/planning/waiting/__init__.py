"""Deliverables that wait for something: how their days follow when it comes, and what somebody chooses when it came too late."""
