"""How long what is kept: rules as data, one job that follows them day by day, and a page that says what it would take."""
