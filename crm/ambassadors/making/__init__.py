"""Making a deal: four questions, what they come to, and the draft contract that is signed."""
