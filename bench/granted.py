"""Who is to be certified in a bench? Made-up people with a granted decision under a signed decree.

The rows before the certificate are written as they lie, a thousand at a time: what led to them is
what `kompeten rehearse` measures. From the decision on, everything is the house's own work.
"""

import io
import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from PIL import Image, ImageFilter

from kompeten.applications.adapters import portraits
from kompeten.applications.models import Application, Document
from kompeten.applications.terms.application import State as ApplicationState
from kompeten.decisions.models import Decision, Decree, Meeting
from kompeten.decisions.terms import DecreeState, MeetingState
from kompeten.decisions.terms import State as DecisionState
from kompeten.foundation import files
from kompeten.kernel import refs
from kompeten.people import actions as people
from kompeten.people.models import Person
from kompeten.results.models import Sheet
from kompeten.results.terms import State as SheetState
from kompeten.schemes import queries as schemes
from kompeten.schemes.terms import VersionRow

GIVEN = ("Ni Luh", "Muhammad", "Siti", "Yohanes", "Dewi", "I Made", "Agus", "Maria", "Andi", "Rina")
FAMILY = ("Kartika Dewi", "Prasetyo", "Simanjuntak", "Tampubolon", "Rahayu", "Wanggai", "Laoli")
TITLES = ("", "S.Sos.", "S.Tr.Sos.", "M.Si.", "S.Kesos., M.Kesos.")
BATCH = 1_000
PORTRAITS = 40


def stock(count: int, *, at: datetime, rng: random.Random) -> None:
    """Write `count` people whom a committee has found competent, under one signed decree."""
    version = schemes.in_force(on=timezone.localdate(at))[0]
    director = people.open_account(at=at, rng=rng, label="Dr. Ratna Gunawan, M.Si.")
    photos = [_photo(n) for n in range(PORTRAITS)]
    meeting = Meeting.objects.create(
        ref=refs.new(rng),
        held_at=at - timedelta(days=3),
        zone="Asia/Jakarta",
        place="Jakarta",
        state=MeetingState.CLOSED,
    )
    Decree.objects.create(
        ref=refs.new(rng),
        meeting=meeting,
        number="1/LSP KESOS/SK/XI/2026",
        state=DecreeState.SIGNED,
        drawn_up_at=at - timedelta(days=2),
        signed_at=at - timedelta(days=1),
        signed_by_id=director.pk,
    )
    for start in range(0, count, BATCH):
        numbers = range(start, min(start + BATCH, count))
        with transaction.atomic():
            _granted(numbers, meeting, version, photos, at=at, rng=rng)


def _granted(
    numbers: Sequence[int],
    meeting: Meeting,
    version: VersionRow,
    photos: Sequence[files.FileRef],
    *,
    at: datetime,
    rng: random.Random,
) -> None:
    persons = Person.objects.bulk_create([_person(n, at, rng) for n in numbers])
    applications = Application.objects.bulk_create(
        [
            Application(
                ref=refs.new(rng),
                person=person,
                scheme_version_id=version.id,
                scheme_code=version.scheme_code,
                route="direct_certification",
                filed_by_id=0,
                state=ApplicationState.CONCLUDED,
                created_at=at,
            )
            for person in persons
        ]
    )
    Document.objects.bulk_create(
        [
            Document(
                application=application,
                code="photo",
                sha256=(photo := photos[n % PORTRAITS]).sha256,
                size=photo.size,
                media_type="image/jpeg",
                label="pasfoto.jpg",
                attached_at=at,
            )
            for n, application in zip(numbers, applications, strict=True)
        ]
    )
    sheets = Sheet.objects.bulk_create(
        [
            Sheet(
                ref=refs.new(rng),
                application=application,
                person=person,
                state=SheetState.SEALED,
                competent=True,
                content={},
                digest="",
                sealed_at=at,
            )
            for person, application in zip(persons, applications, strict=True)
        ]
    )
    Decision.objects.bulk_create(
        [
            Decision(
                ref=refs.new(rng),
                meeting=meeting,
                sheet=sheet,
                application=sheet.application,
                person=sheet.person,
                state=DecisionState.GRANTED,
                recommended=True,
                decided_at=at,
            )
            for sheet in sheets
        ]
    )


def _person(n: int, at: datetime, rng: random.Random) -> Person:
    name = f"{rng.choice(GIVEN)} {rng.choice(FAMILY)}"
    return Person(
        ref=refs.new(rng),
        name=name,
        title_after=rng.choice(TITLES),
        birth_on=date(1980, 1, 1) + timedelta(days=n % 9_000),
        region_code=f"{rng.choice((11, 32, 53, 94))}.01",
        email=f"peserta{n}@contoh.example",
        created_at=at,
    )


def _photo(n: int) -> files.FileRef:
    """Return a portrait as a phone sends it, 3 by 4, that is nobody's: soft light with the grain of a lens."""
    light = Image.radial_gradient("L").resize((450, 600))
    grain = Image.effect_noise((450, 600), 20 + n).filter(ImageFilter.GaussianBlur(1))
    picture = Image.merge("RGB", (Image.blend(light, grain, 0.5), light, grain))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=70)
    kept = files.put(out.getvalue(), media_type="image/jpeg")
    portraits.keep(kept.sha256, out.getvalue())  # as filing does, when the photo is put in
    return kept
