"""Long-term deals: programmes, what is owed in each period, what was delivered, what is paid for it, and how it goes on."""
