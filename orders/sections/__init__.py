"""What the app knows of an order, as sections of the order's pages."""
