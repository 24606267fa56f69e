"""What is refused about the two routes of a pair."""

from common.errors import DomainError


class NoTwoPaths(DomainError):
    words = (
        "{order} is not one of a pair with diverse routing, so there are no two paths "
        "to check."
    )


class CommonPointsMissing(DomainError):
    words = "Write which connection points the two routes have in common."


class CommonPointsDenied(DomainError):
    words = "You named common connection points and answered that there are none."


class SecondLinkHeld(DomainError):
    words = (
        "The two routes of the pair have common connection points: {which}. The second "
        "link, {order}, is not installed before a new check finds none, or an "
        "authoriser of the Gateway Party accepts them. That is our own rule."
    )


class CommonPointsChanged(DomainError):
    words = (
        "The routes were checked anew meanwhile, or somebody has answered. Look at "
        "what is in common now."
    )
