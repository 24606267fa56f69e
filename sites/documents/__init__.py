"""Documents of the work on site: frozen facts in, bytes out."""
