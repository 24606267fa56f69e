"""Use of a connection: five-minute readings in, what a report says out. Pure."""
