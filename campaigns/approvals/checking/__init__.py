"""What a machine can say about a caption: each rule with what it found, where, and where it is written."""
