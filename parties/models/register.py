"""Who: organisations, their people, whom they nominated."""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import Group, PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse

from common.dated import EndsBeforeItBegins
from common.dated_rows import Dated, DatedQuerySet, ends_after_it_begins
from common.lines import same_address
from common.look import LookField
from common.wording import day_words
from parties.querysets import (
    FEED_SIGNER,
    CalendarFeedQuerySet,
    NominationQuerySet,
    PartyCalendarFeedQuerySet,
    PartyQuerySet,
    PeopleQuerySet,
)
from parties.states import DCC_ROLES, Act, Purpose, Role, Standing
from records.models import Document


class Party(models.Model):
    """An organisation that may be a DCC Gateway Party."""

    # What a list of many read ahead; none on its own.
    standings_read: "list[PartyStanding] | None" = None

    reference = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200)
    name_look = LookField(of="name", unique=True)
    # By which the Smart Energy Code knows it; our own number is `reference`.
    sec_identifier = models.CharField(
        "SEC Party or RDP identifier", max_length=40, blank=True
    )
    address = models.TextField(blank=True)
    phone = models.CharField(max_length=40, blank=True)

    objects = PartyQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["name", "id"], name="party_by_name")]
        verbose_name_plural = "parties"

    def __str__(self) -> str:
        return self.name

    @property
    def thread(self) -> str:
        return self.reference

    @property
    def all_standings(self) -> "Iterable[PartyStanding]":
        """Its standings: as they were read ahead for a list, or read now."""
        read = self.standings_read
        return self.standings.all() if read is None else read

    def has_standing_on(self, standing: str, day: date) -> bool:
        return any(
            row.standing == standing and row.holds_on(day) for row in self.all_standings
        )

    def is_sec_party_on(self, day: date) -> bool:
        """Say whether it is a SEC Party on `day`. Source: R-2.2-1."""
        return self.has_standing_on(Standing.SEC_PARTY, day)

    def is_rdp_on(self, day: date) -> bool:
        return self.has_standing_on(Standing.RDP, day)


class PartyStanding(Dated):
    """That a Party is a SEC Party, or an RDP, from a day to a day."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="standings")
    standing = models.CharField(max_length=20, choices=Standing)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["from_on"]
        constraints = [ends_after_it_begins("standing_ends_after_it_begins")]

    def __str__(self) -> str:
        return f"{self.get_standing_display()} from {self.from_on}"


class ProviderAppointment(Dated):
    """That an RDP appointed a shared service provider. Source: R-2.2-4."""

    rdp = models.ForeignKey(
        Party, on_delete=models.PROTECT, related_name="appointments"
    )
    provider = models.ForeignKey(
        Party, on_delete=models.PROTECT, related_name="appointed_by"
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["from_on"]
        constraints = [
            ends_after_it_begins("appointment_ends_after_it_begins"),
            models.CheckConstraint(
                name="nobody_appoints_themselves", condition=~Q(rdp=F("provider"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider} for {self.rdp}"


class UserManager(BaseUserManager.from_queryset(PeopleQuerySet)):  # type: ignore[misc]
    """Keeps addresses in lower case, so that one mailbox is one person."""

    def create_user(
        self, email: str, password: str | None = None, **fields: object
    ) -> "User":
        user: User = self.model(email=same_address(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        join_group(user)
        return user

    def create_superuser(
        self, email: str, password: str | None = None, **fields: object
    ) -> "User":
        fields |= {"is_staff": True, "is_superuser": True, "role": Role.OPERATIONS}
        return self.create_user(email, password, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        user: User = self.get(email=same_address(username or ""))
        return user


def join_group(user: "User") -> None:
    """Put staff into the group of their role, so that Django's tables say it too."""
    if user.role:
        user.groups.set(Group.objects.filter(name=Role(user.role).label))


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in by e-mail: a Party's contact, DCC staff or a supplier."""

    email = models.EmailField("e-mail", unique=True)
    name = models.CharField(max_length=150)
    phone = models.CharField(max_length=40, blank=True)
    party = models.ForeignKey(
        Party, null=True, blank=True, on_delete=models.PROTECT, related_name="people"
    )
    role = models.CharField(max_length=20, choices=Role, blank=True)
    is_staff = models.BooleanField("works for DCC or a supplier", default=False)
    is_active = models.BooleanField("may sign in", default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name"]
        indexes = [
            models.Index(fields=["name", "id"], name="person_by_name"),
            # Colleagues are a handful among all people of Gateway Parties.
            models.Index(
                fields=["role", "name"], name="staff_by_role", condition=~Q(role="")
            ),
        ]
        verbose_name = "person"
        verbose_name_plural = "people"
        # What the groups of staff may do. The policies decide; `parties/groups.py`.
        permissions = [*Act.choices]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_person_an_address"),
            models.CheckConstraint(
                name="person_is_of_a_party_or_has_a_role",
                condition=Q(party__isnull=False, role="", is_staff=False)
                | Q(party__isnull=True, is_staff=True) & ~Q(role=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @classmethod
    def like(cls, party: int, role: str, pk: int | None = None) -> "User":
        """Return somebody who may read what all of a Party, or of a role, may read.

        Of whom nothing else is known: what pages ask is prepared for all of them.
        """
        if role:
            return cls(pk=pk, role=role, is_staff=True)
        return cls(pk=pk, party_id=party)

    @property
    def thread(self) -> str:
        return self.party.reference if self.party else f"USER-{self.pk}"

    @property
    def is_dcc(self) -> bool:
        """Works for DCC or audits it, not for a supplier: sees every order."""
        return self.is_staff and self.role in (*DCC_ROLES, Role.AUDITOR)

    @property
    def acts_for_dcc(self) -> bool:
        """Does the work of DCC, rather than look at it."""
        return self.is_staff and self.role in DCC_ROLES

    @property
    def only_reads(self) -> bool:
        """Whether every command refuses this person, whatever it is about."""
        return self.role == Role.AUDITOR


class Closure(models.Model):
    """That somebody might not sign in, from a moment until the desk opened it again.

    Each is kept: what was signed meanwhile has no effect, also afterwards.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="closures")
    closed_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-closed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="closure_ends_after_it_begins",
                condition=Q(opened_at=None) | Q(opened_at__gte=F("closed_at")),
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(opened_at=None),
                name="a_sign_in_is_closed_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} could not sign in from {day_words(self.closed_at)}"


class Feed(models.Model):
    """The base of links that a calendar follows without a sign-in.

    The row alone opens nothing: its address is signed with the secret of the portal.
    """

    key = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        abstract = True

    @property
    def url(self) -> str:
        """The whole address, which is as good as a password."""
        place = reverse("calendar-feed", args=[FEED_SIGNER.sign(self.key)])
        return f"{settings.SITE_URL}{place}"


class CalendarFeed(Feed):
    """That a calendar may follow what one person may read."""

    user = models.OneToOneField(
        User, on_delete=models.PROTECT, related_name="calendar_feed"
    )

    objects = CalendarFeedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Calendar link of {self.user}"

    @property
    def party(self) -> Party | None:
        return self.user.party

    @property
    def reader(self) -> User:
        return self.user


class PartyCalendarFeed(Feed):
    """That a calendar which a whole Party shares may follow what its people read."""

    party = models.OneToOneField(
        Party, on_delete=models.PROTECT, related_name="calendar_feed"
    )
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = PartyCalendarFeedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Calendar link of {self.party}"

    @property
    def reader(self) -> User:
        return self.made_by


class Nomination(Dated):
    """That a Party named a person for a purpose, from a day to a day.

    Who of the Party named them is kept, and the letter or e-mail in which they did. One
    that counts from before it was recorded says why.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="nominations")
    purpose = models.CharField(max_length=20, choices=Purpose)
    named_by = models.CharField(max_length=150, blank=True)
    letter = models.ForeignKey(
        Document, null=True, on_delete=models.PROTECT, related_name="nominations"
    )
    why_back_dated = models.TextField(blank=True)
    confirmed_on = models.DateField(null=True)
    confirmed_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+"
    )
    # The day from which its Party is asked whether it is still right.
    confirm_from = models.DateField(null=True, db_index=True, editable=False)
    # That it was wrong. From its first day on it then holds on no day: it ends before.
    annulled_at = models.DateTimeField(null=True, editable=False)

    objects = NominationQuerySet.as_manager()

    class Meta:
        ordering = ["user__name", "purpose", "from_on"]
        constraints = [
            models.CheckConstraint(
                name="nomination_ends_after_it_begins_or_was_annulled",
                condition=Q(until_on__isnull=True)
                | Q(until_on__gte=F("from_on"))
                | Q(annulled_at__isnull=False),
                violation_error_message=EndsBeforeItBegins.words,
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_purpose_display().lower()}"

    @property
    def has_held(self) -> bool:
        """Whether there is a day on which it holds."""
        return self.until_on is None or self.until_on >= self.from_on

    @property
    def thread(self) -> str:
        return self.user.thread
