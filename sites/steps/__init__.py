"""What staff can do about the work at an order's site: one page a step."""
