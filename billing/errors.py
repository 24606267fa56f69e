from common.errors import DomainError


class AlreadyCharged(DomainError):
    words = "{subject} has already been charged, so nothing is raised again."


class ChargeNotStanding(DomainError):
    words = "“{charge}” was taken back before, so there is nothing to put right."


class ChargeUnchanged(DomainError):
    words = "It costs {amount} already. Enter another amount, or take it back."


class CorrectedBelowNothing(DomainError):
    words = "Enter an amount above £0.00. If nothing is owed, take the charge back."


class CorrectionNotExplained(DomainError):
    words = "Say why it was wrong. The Gateway Party reads it."


class MonthNotOver(DomainError):
    words = "{month} is not over, so its charges cannot be exported yet."


class PaymentsWrong(DomainError):
    words = "{reason}"


class PaymentNotStanding(DomainError):
    words = "“{payment}” was taken back before, so there is nothing to take back."


class PaymentNotExplained(DomainError):
    words = "Say why it was wrong. It stays in the history beside the payment."


class NothingToPayBack(DomainError):
    words = (
        "No more was paid on {invoice} than is owed, so there is no repayment to "
        "record."
    )


class RepaidTooMuch(DomainError):
    words = (
        "Enter an amount from £0.01 to {most}: so much more was paid on {invoice} than "
        "is owed."
    )


class RepaidOnWrongDay(DomainError):
    words = "{day} {why}."


class RepaymentNotExplained(DomainError):
    words = "Say why it is paid back. The Gateway Party reads it."
