"""Who says yes, in which order, and until when."""
