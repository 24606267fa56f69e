"""What is refused of damage to equipment, and of evidence kept for a site."""

from common.errors import DomainError


class DamageBeforeEquipment(DomainError):
    words = "No equipment has been installed for {order}, so none can be damaged."


class DamageNotDescribed(DomainError):
    words = "Say what happened to the equipment, and where."


class DamageToCome(DomainError):
    words = "{moment} is still to come. Report damage once it has happened."


class EmergencyNotExplained(DomainError):
    words = "Say what was done in the emergency, and why it had to be."


class TellerMissing(DomainError):
    words = "Enter who told the desk of it."


class RepairDayPassed(DomainError):
    words = "{day} has passed. Enter by which day it is repaired: today or later."


class EvidenceMissing(DomainError):
    words = "Write what shows it, or add a document, or both."
