"""What staff can do to the request of an order: one page a step."""
