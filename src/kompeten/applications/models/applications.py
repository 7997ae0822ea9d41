"""Which rows hold applications, their documents and what is on its way, collective lists and invitations?"""

from django.db import models
from django.db.models import Q

from kompeten.applications.terms.application import OPEN, ListState, RepairState, Scan, State
from kompeten.applications.terms.helping import HelpState
from kompeten.applications.terms.invitation import InvitationState


class Collective(models.Model):
    """A list of people that an organization sent in; the same file comes once, whoever sends it.

    Moved by `chart.COLLECTIVE` only. `sha256` knows the file again also when it has been deleted.
    """

    ref = models.CharField(max_length=10, unique=True)
    organization = models.ForeignKey(
        "people.Organization", on_delete=models.PROTECT, related_name="+"
    )
    filed_by_id = models.BigIntegerField()
    state = models.CharField(max_length=16)
    label = models.CharField(max_length=160)
    sha256 = models.CharField(max_length=64)
    received_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in ListState]), name="collective_state_known"
            ),
            models.UniqueConstraint(
                fields=["organization", "sha256"], name="collective_file_once_per_office"
            ),
        )

    def __str__(self) -> str:
        return self.ref


class Application(models.Model):
    """One person's request to be certified under one scheme version, which stays pinned for good.

    Moved by `chart.APPLICATION` only. `statement` is what the applicant says of education and
    practice (`terms.statement.Statement` as JSON). `filed_by_id` is the account that opened it.
    `competent_until` is the last day on which a granted decision counts; no list opens another
    application for the same scheme before. `spent_days` are the working days that its reviews took
    until it was last sent back; the clock goes on from there when it is handed in again.
    """

    ref = models.CharField(max_length=10, unique=True)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    scheme_version = models.ForeignKey(
        "schemes.SchemeVersion", on_delete=models.PROTECT, related_name="+"
    )
    scheme_code = models.CharField(max_length=64)
    route = models.CharField(max_length=32)
    program = models.CharField(max_length=40, blank=True)
    organization = models.ForeignKey(
        "people.Organization", on_delete=models.PROTECT, null=True, related_name="+"
    )
    collective = models.ForeignKey(
        Collective, on_delete=models.PROTECT, null=True, related_name="applications"
    )
    filed_by_id = models.BigIntegerField()
    state = models.CharField(max_length=16)
    statement = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    correct_by_on = models.DateField(null=True)
    competent_until = models.DateField(null=True)
    spent_days = models.PositiveSmallIntegerField(default=0, db_default=0)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in State]), name="application_state_known"
            ),
            models.UniqueConstraint(
                fields=["person", "scheme_code"],
                condition=Q(state__in=[s.value for s in OPEN]),
                name="application_one_open_per_scheme",
            ),
        )
        indexes = (
            models.Index(fields=["state", "submitted_at", "id"], name="application_inbox"),
            models.Index(
                fields=["state", "scheme_code", "submitted_at", "id"],
                name="application_inbox_scheme",
            ),
            models.Index(fields=["collective", "id"], name="application_of_collective"),
        )

    def __str__(self) -> str:
        return self.ref


class Document(models.Model):
    """A file put in for one requirement; a newer one replaces it and the older one stays on record.

    `sha256` and `size` are of what is kept, `sent_sha256` is of what came (empty for files from before
    it was told apart). `pages` is None where nobody has counted them. `scan` is what a scanner for
    malware says of it, `found` its name of what it found; an infected file is in quarantine and given
    to nobody.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="documents")
    code = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    media_type = models.CharField(max_length=64)
    label = models.CharField(max_length=120)
    attached_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)
    sent_sha256 = models.CharField(max_length=64, blank=True, db_default="")
    pages = models.PositiveSmallIntegerField(null=True)
    scan = models.CharField(
        max_length=16, default=Scan.NOT_SCANNED.value, db_default=Scan.NOT_SCANNED.value
    )
    found = models.CharField(max_length=120, blank=True, db_default="")
    scanned_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(scan__in=[s.value for s in Scan]), name="document_scan_known"
            ),
            models.UniqueConstraint(
                fields=["application", "code"],
                condition=Q(replaced_at__isnull=True),
                name="document_one_present_per_code",
            ),
        )
        indexes = (
            models.Index(
                fields=["scanned_at", "id"],
                condition=Q(scan=Scan.NOT_SCANNED.value, replaced_at__isnull=True),
                name="documents_to_scan",
            ),
        )

    def __str__(self) -> str:
        return f"{self.application_id} {self.code}"


class Transfer(models.Model):
    """A document on its way here, part by part; nobody's document before the last part has come.

    `sha256` is of the whole file as its sender has it, and names it: the same file for the same
    requirement is one transfer, begun once. `received` are the bytes that are here without a gap.
    `arrived_as` is the digest of the document that it became, which need not be `sha256`.
    """

    ref = models.CharField(max_length=10, unique=True)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=64)
    by_id = models.BigIntegerField()
    name = models.CharField(max_length=255)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    received = models.PositiveIntegerField(default=0)
    expires_at = models.DateTimeField(db_index=True)
    claimed_at = models.DateTimeField(null=True)
    arrived_as = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["application", "code", "sha256"], name="transfer_file_once"
            ),
        )
        indexes = (models.Index(fields=["by_id"], name="transfer_of_sender"),)

    def __str__(self) -> str:
        return self.ref


class TransferPart(models.Model):
    """Some bytes of a transfer, from `start` on; `sha256` is where the store keeps them."""

    transfer = models.ForeignKey(Transfer, on_delete=models.CASCADE, related_name="parts")
    start = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["transfer", "start"], name="transfer_part_once"),
        )

    def __str__(self) -> str:
        return f"{self.transfer_id} {self.start}"


class CollectiveRow(models.Model):
    """One person's line of a list, with its verdict; never changed.

    `name` is as written, for the officer who has to find the line again. `warnings` are codes of
    what somebody should look at though the line went on; None for lines from before they were kept.
    """

    collective = models.ForeignKey(Collective, on_delete=models.PROTECT, related_name="rows")
    sheet = models.CharField(max_length=80)
    row = models.PositiveIntegerField()
    name = models.CharField(max_length=160)
    verdict = models.CharField(max_length=16)
    reasons = models.JSONField(default=list)
    warnings = models.JSONField(null=True)
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["collective", "sheet", "row"], name="collective_row_once"
            ),
        )
        indexes = (models.Index(fields=["collective", "verdict", "id"], name="rows_by_verdict"),)

    def __str__(self) -> str:
        return f"{self.collective_id} {self.sheet}!{self.row}"


class Repair(models.Model):
    """A line that waits to be mended; what was read from it is sealed, since it holds a NIK."""

    ref = models.CharField(max_length=10, unique=True)
    line = models.OneToOneField(CollectiveRow, on_delete=models.PROTECT, related_name="repair")
    state = models.CharField(max_length=16)
    entry_sealed = models.BinaryField()
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in RepairState]), name="repair_state_known"
            ),
        )

    def __str__(self) -> str:
        return self.ref


class ListFile(models.Model):
    """That a file lies in the store which somebody sent as a list, until a list has it or its day is over.

    Written before the file is.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    kept_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.sha256


class ListHeading(models.Model):
    """What an organization says that a heading of its lists means, from then on, until it says otherwise.

    `heading` is the heading by its bare words; `field` is a field of `terms.Entry`, empty when the
    column is not needed.
    """

    organization = models.ForeignKey(
        "people.Organization", on_delete=models.PROTECT, related_name="+"
    )
    heading = models.CharField(max_length=120)
    field = models.CharField(max_length=32, blank=True)
    said_by_id = models.BigIntegerField()
    said_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organization", "heading"], name="list_heading_once_per_office"
            ),
        )

    def __str__(self) -> str:
        return f"{self.organization_id} {self.heading}"


class Invitation(models.Model):
    """A link for one person on a list: to mend their line, to confirm their data, to get an account.

    The address holds a token of 80 bits, of which only the SHA-256 is kept here
    (`queries.token_of`); `tries` counts wrong answers to the question of who opens it. `repair` is
    the line it began with, `application` what became of it or what it began with. `objection_sealed`
    is what the person says is wrong. Moved by `chart.INVITATION` only.
    """

    ref = models.CharField(max_length=10, unique=True)
    collective = models.ForeignKey(Collective, on_delete=models.PROTECT, related_name="+")
    repair = models.ForeignKey(
        Repair, on_delete=models.PROTECT, null=True, related_name="invitations"
    )
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, null=True, related_name="invitations"
    )
    token_sha256 = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=16)
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    nudges = models.PositiveSmallIntegerField(default=0)
    nudged_at = models.DateTimeField(null=True)
    objection_sealed = models.BinaryField(default=b"")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in InvitationState]),
                name="invitation_state_known",
            ),
            models.CheckConstraint(
                condition=Q(repair__isnull=False) | Q(application__isnull=False),
                name="invitation_for_somebody",
            ),
            models.UniqueConstraint(
                fields=["repair"], condition=Q(state="open"), name="invitation_one_open_per_repair"
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(state="open"),
                name="invitation_one_open_per_application",
            ),
        )

    def __str__(self) -> str:
        return self.ref


class Help(models.Model):
    """That a helper and a person sit at one device and fill in the person's application together.

    `tries` counts wrong answers to the question who sits there, `seen_at` says when the device was
    touched last, to the minute. Moved by `chart.HELP` only.
    """

    ref = models.CharField(max_length=10, unique=True)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    helper_id = models.BigIntegerField()
    state = models.CharField(max_length=16)
    tries = models.PositiveSmallIntegerField(default=0)
    begun_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in HelpState]), name="help_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="open") | Q(begun_at__isnull=False, seen_at__isnull=False),
                name="help_open_was_begun",
            ),
            models.UniqueConstraint(
                fields=["application"], condition=Q(state="open"), name="help_one_open_per_person"
            ),
            models.UniqueConstraint(
                fields=["helper_id"], condition=Q(state="open"), name="help_one_open_per_helper"
            ),
            models.UniqueConstraint(
                fields=["application", "helper_id"],
                condition=Q(state="asked"),
                name="help_asked_once",
            ),
        )

    def __str__(self) -> str:
        return self.ref
