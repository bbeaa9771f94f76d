"""A report for somebody outside: a link that ends, shows client prices only, and can be taken back."""
