"""What is refused about costs before a visit."""

from common.errors import DomainError


class CostNotAccepted(DomainError):
    words = (
        "“{item}” costs the Gateway Party something, and nothing is made or done "
        "before its authoriser has accepted the amount. It is asked, or DCC says that "
        "it costs nothing."
    )


class CostAccepted(DomainError):
    words = (
        "The Gateway Party has accepted what “{item}” costs. Withdraw that first, then "
        "ask for another amount: it has to accept that one too."
    )


class CostChanged(DomainError):
    words = (
        "What “{item}” costs is not asked any more, or has changed meanwhile. Look at "
        "what is asked now."
    )


class CostNotRead(DomainError):
    words = "Say first that you understand what is charged, and when."


class CostOfOwnItem(DomainError):
    words = "{party} sees to that itself, so DCC charges nothing for it."


class CostNotPositive(DomainError):
    words = (
        "Enter an amount above £0.00, or say that it costs the Gateway Party nothing."
    )


class CostNotDescribed(DomainError):
    words = "Say what the amount is for, and who makes or does it."
