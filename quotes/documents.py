from typing import Any

TEMPLATE_VERSION = "1.0"


def quotation_facts(quote: Any, issued_on: Any) -> dict[str, Any]:
    return {}


def render_quotation(facts: dict[str, Any]) -> bytes:
    return b""


def fingerprint(facts: dict[str, Any]) -> str:
    return ""
