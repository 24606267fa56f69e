"""Each year a Party says whether its free connection is still for registration data."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from connections.models.connection import Connection
from connections.querysets import UseDeclarationQuerySet


class UseDeclaration(models.Model):
    """One year's question about the sole use of a free connection, and its answer.

    Silence changes nothing about the charge: what makes it chargeable is recorded, and
    priced, by itself (T2).

    Source: R-2.9.2-1, R-2.9.2-2, R-2.9.2-3.
    """

    connection = models.ForeignKey(
        Connection, on_delete=models.PROTECT, related_name="use_declarations"
    )
    year = models.PositiveSmallIntegerField("year of the connection")
    asked_at = models.DateTimeField()
    due_on = models.DateField("to be declared by")
    declared_at = models.DateTimeField(null=True)
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    words = models.TextField("what was declared", blank=True)

    objects = UseDeclarationQuerySet.as_manager()

    class Meta:
        ordering = ["connection", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["connection", "year"], name="use_declaration_once_a_year"
            ),
            models.CheckConstraint(
                name="use_declaration_says_who_declared_what",
                condition=Q(
                    declared_at__isnull=True, declared_by__isnull=True, words=""
                )
                | Q(declared_at__isnull=False, declared_by__isnull=False)
                & ~Q(words=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Declaration of use of {self.connection}, year {self.year}"

    @property
    def thread(self) -> str:
        return self.connection.thread

    @property
    def is_declared(self) -> bool:
        return self.declared_at is not None
