"""Whether parcels arrived: she is asked, she answers, and what follows when they came, came half, broke or were lost."""
