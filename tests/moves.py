"""Asking a machine whether it would let a person make a move."""


def may_perform(transition, user):
    """Say whether `perform(transition, by=user)` would be allowed right now."""
    subject = transition.__self__
    return any(
        choice.name == transition.__name__ and choice.has_perm(subject, user)
        for choice in subject.get_available_state_transitions()
    )
