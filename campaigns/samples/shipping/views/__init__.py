"""Pages of parcels: the list and what is done to many, and one parcel."""
