"""Signing in and choosing a new password, by the library and in our words."""
