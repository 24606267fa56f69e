from common.errors import DomainError


class PlanHasNoOption(DomainError):
    words = (
        "This plan names no option yet, so it is not clear whether one request is "
        "needed or two. Change the plan and choose low, medium or high."
    )


class PlanAlreadyStarted(DomainError):
    words = (
        "{orders} already came from this plan. Go on with what was started, or change "
        "the plan and keep the change: it becomes a plan of its own."
    )


class NoGatewayParty(DomainError):
    words = (
        "Only a contact of a Gateway Party can start a request from a plan. Sign in "
        "as one, or ask the Service Desk."
    )
