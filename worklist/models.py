"""What people owe: one row a thing, opened and closed by what the rows say."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q

from common.quick_rows import QuickRow
from parties.models import Party
from worklist.kinds import KINDS, WorkKind
from worklist.querysets import HandOverQuerySet, WorkItemQuerySet
from worklist.states import OF_THE_PARTY, Ending, Turn

LONGEST_NAME, LONGEST_ASKED = 60, 1000
OPEN = Q(closed_at__isnull=True)


class WorkItem(QuickRow, models.Model):
    """One thing that somebody owes. Opened and closed by `reconcile`, never deleted.

    People say one thing of it alone: who looks after it.
    """

    kind = models.CharField(max_length=40)
    turn = models.CharField("whose turn", max_length=20, choices=Turn)
    thread = models.CharField(max_length=40)
    subject_type = models.ForeignKey(
        ContentType, on_delete=models.PROTECT, related_name="+"
    )
    subject_pk = models.PositiveBigIntegerField()
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="work")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="work",
    )
    # Somebody took it, was given it or put it back: the owner of what it is about is
    # no longer its own.
    is_owned_apart = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    due_on = models.DateField("last day", null=True)
    due_at = models.DateTimeField("due at", null=True)
    starts_on = models.DateField("calls from", null=True)
    paused_since = models.DateTimeField(null=True)
    paused_because = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=200, blank=True)
    closed_at = models.DateTimeField(null=True)
    ending = models.CharField("how it ended", max_length=10, choices=Ending, blank=True)
    took = models.PositiveIntegerField("working days it took", null=True)

    objects = WorkItemQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = "work owed"
        verbose_name_plural = "work owed"
        indexes = [
            models.Index(fields=["thread"], name="work_by_thread"),
            # What is owed in the orders of a page: without it, PostgreSQL looks through
            # all that is open.
            models.Index(fields=["thread"], condition=OPEN, name="work_open_thread"),
            # Lists read what is open by its last day, however much is closed.
            models.Index(fields=["due_on", "id"], condition=OPEN, name="work_open_due"),
            models.Index(
                fields=["party", "due_on"], condition=OPEN, name="work_open_party"
            ),
            # The list can be read by when things came.
            models.Index(
                fields=["opened_at", "id"], condition=OPEN, name="work_open_came"
            ),
            # One kind of open work by its last day, such as the visits of this week.
            models.Index(
                fields=["kind", "due_on", "id"], condition=OPEN, name="work_open_kind"
            ),
            # What Gateway Parties owe is a list apart.
            models.Index(
                fields=["due_on", "id"],
                condition=OPEN & Q(turn__in=OF_THE_PARTY),
                name="work_open_theirs",
            ),
            # All queues are counted from this index alone, on every page of the desk.
            models.Index(
                fields=["kind", "turn"],
                include=["due_on", "starts_on", "owner", "closed_at", "id"],
                condition=OPEN,
                name="work_open_counted",
            ),
            models.Index(
                fields=["kind", "closed_at"], condition=~OPEN, name="work_closed"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_type", "subject_pk"],
                condition=OPEN,
                name="work_one_open_a_kind_and_subject",
            ),
            models.CheckConstraint(
                name="work_closed_says_how",
                condition=Q(closed_at__isnull=True, ending="", took__isnull=True)
                | Q(
                    closed_at__isnull=False,
                    ending__in=Ending.values,
                    took__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="work_due_has_day_and_instant",
                condition=Q(due_on__isnull=True, due_at__isnull=True)
                | Q(due_on__isnull=False, due_at__isnull=False),
            ),
            models.CheckConstraint(
                name="work_paused_says_why",
                condition=Q(paused_since__isnull=True, paused_because="")
                | Q(paused_since__isnull=False) & ~Q(paused_because=""),
            ),
            models.CheckConstraint(
                name="work_calls_before_it_is_due",
                condition=Q(starts_on__isnull=True)
                | Q(due_on__isnull=False, starts_on__lte=F("due_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what}, {self.thread}"

    @property
    def declared(self) -> WorkKind:
        return KINDS[self.kind]

    @property
    def what(self) -> str:
        return self.declared.what


class WorkPause(models.Model):
    """A span in which the clock of a thing stood still, and why."""

    item = models.ForeignKey(WorkItem, on_delete=models.PROTECT, related_name="pauses")
    since = models.DateTimeField()
    until = models.DateTimeField()
    because = models.CharField(max_length=200)

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.CheckConstraint(
                name="work_pause_ends_after_it_begins",
                condition=Q(until__gte=F("since")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.item} paused: {self.because}"


class SavedList(models.Model):
    """A narrowed list of work that one person keeps under a name, for themselves."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_lists"
    )
    name = models.CharField(max_length=LONGEST_NAME)
    # What the address of the list asks for: `queue=forms&owner=me`.
    asked = models.CharField(max_length=LONGEST_ASKED)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "name"], name="saved_list_one_a_name"
            )
        ]

    def __str__(self) -> str:
        return self.name


class HandOver(models.Model):
    """That things went to one colleague, or to nobody, at once. Undone at most once."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    note = models.TextField(blank=True)
    undone_at = models.DateTimeField(null=True)

    objects = HandOverQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"Handed over to {self.to or 'nobody'}"


class HandedItem(models.Model):
    """One thing of a hand-over, and who looked after it before."""

    hand_over = models.ForeignKey(
        HandOver, on_delete=models.CASCADE, related_name="lines"
    )
    item = models.ForeignKey(WorkItem, on_delete=models.PROTECT, related_name="handed")
    was = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["hand_over", "item"], name="handed_item_stands_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.item}, before {self.was or 'nobody’s'}"
