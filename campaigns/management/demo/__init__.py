"""The demo season: invented people, two brands, six campaigns, as if a small team had worked with Mitra for months."""
