from django.db.models import TextChoices


class VersionState(TextChoices):
    """The life of one version of the guidance."""

    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"
    NOT_ISSUED = "not_issued", "Not issued"
