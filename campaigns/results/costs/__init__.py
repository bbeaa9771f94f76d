"""What a campaign cost: money, goods, shipping, events and fees, each currency by itself."""
