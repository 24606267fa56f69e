"""The pages about charges: what is to pay, what is to come, a working of one's own."""
