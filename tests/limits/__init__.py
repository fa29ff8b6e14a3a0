"""What hostile files may cost, and what is said of them."""
