"""Reading what the test client got."""


def read_to_the_end(response):
    """Take all that is streamed: its file closes then, and the database stays open.

    `response.close()` would tell Django that a request has ended, and that closes the
    connection which the test is using.
    """
    return b"".join(response) if response.streaming else response.content


def words_of(response):
    """Return a page with each run of white space as one space."""
    return " ".join(response.content.decode().split())
