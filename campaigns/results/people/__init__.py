"""Results of one person across campaigns, and of one ambassador deal across its periods."""
