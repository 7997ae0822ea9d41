"""What do the components show in the gallery? Made-up people and figures, never read from a table."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils import timezone

from kompeten.kernel.workdays import Calendar, Clock, clock
from kompeten.web.ui.shapes import (
    Column,
    Crumb,
    Fact,
    Happening,
    NavItem,
    Slice,
    Stop,
    StopState,
    Tab,
    Tone,
)

COLORS = (
    *("paper", "surface", "sunken", "ink", "ink-soft", "line", "line-strong"),
    *("primary", "primary-soft", "accent", "accent-soft", "cloth"),
    *("tone-good-mark", "tone-wait-mark", "tone-bad-mark", "tone-info-mark"),
)


CANDIDATE_NAV = (
    NavItem("Jalan saya", "#", "map", current=True),
    NavItem("Permohonan", "#", "document-text"),
    NavItem("Portofolio", "#", "pencil-square"),
    NavItem("Kabar", "#", "bell", count=2),
)
OFFICE_NAV = (
    NavItem("Beranda", "#", "home", current=True),
    NavItem("Verifikasi", "#", "clipboard-document-check", count=12),
    NavItem("Daftar kolektif", "#", "table-cells"),
    NavItem("Bimtap", "#", "calendar-days"),
    NavItem("Portofolio", "#", "book-open", count=4),
    NavItem("Ujian", "#", "computer-desktop"),
    NavItem("Rapat pleno", "#", "scale"),
    NavItem("Sertifikat", "#", "check-badge"),
    NavItem("Laporan", "#", "chart-bar"),
)


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Nama lengkap", help_text="Seperti di KTP, tanpa gelar.")
    email = forms.EmailField(label="Alamat surel", required=False)
    birth_on = forms.DateField(label="Tanggal lahir", widget=forms.DateInput)
    profession = forms.ChoiceField(
        label="Profesi",
        choices=[("peksos", "Pekerja sosial"), ("tks", "Tenaga kesejahteraan sosial")],
    )
    level = forms.ChoiceField(
        label="Jenjang",
        widget=forms.RadioSelect,
        choices=[("asisten", "Asisten"), ("generalis", "Generalis"), ("spesialis", "Spesialis")],
    )
    route = forms.ChoiceField(
        label="Jalur",
        widget=forms.RadioSelect,
        choices=[("langsung", "Penilaian langsung"), ("pelatihan", "Pelatihan")],
    )
    fields_of_practice = forms.MultipleChoiceField(
        label="Bidang praktik",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("anak", "Anak dan keluarga"), ("lansia", "Lanjut usia"), ("napza", "Napza")],
    )
    story = forms.CharField(label="Uraian kasus", widget=forms.Textarea)
    letter = forms.FileField(
        label="Surat pengalaman kerja", help_text="PDF atau foto, sampai 10 MB."
    )
    truth = forms.BooleanField(label="Saya menyatakan data ini benar.")


def context(request: HttpRequest) -> dict[str, Any]:
    """Return what the gallery page shows, at the request's instant."""
    at: datetime = request.at  # type: ignore[attr-defined]
    wrong = SampleForm({"wrong-email": "ani@", "wrong-story": "Pendek."}, prefix="wrong")
    return {
        "colors": COLORS,
        "form": SampleForm(),
        "wrong": wrong,
        "other": SampleForm(prefix="other"),
        "stops": _stops(at),
        "blocked": _blocked(at),
        "form_steps": _form_steps(),
        "tones": [t.value for t in Tone],
        "deadlines": _deadlines(at),
        "promises": _promises(at),
        "columns": ["Nama", Column("Dokumen", "number"), "Keadaan", Column("", "action")],
        "page": Paginator(range(240), 20).page(3),
        "crumbs": [Crumb("Kantor", "#"), Crumb("Verifikasi", "#"), Crumb("Ani Rahayu")],
        "tabs": [
            Tab("Baru", "#", True, 12),
            Tab("Dikembalikan", "#", count=3),
            Tab("Selesai", "#"),
        ],
        "facts": (
            Fact("Nama", "Ani Rahayu, S.Sos."),
            Fact("Jenjang", "Generalis"),
            Fact("Surel", ""),
            Fact("Wilayah", "Kab. Serdang Bedagai", "Kode 12.18"),
        ),
        "funnel": [
            Slice("Mengajukan", 670, Tone.PLAIN),
            Slice("Lolos administrasi", 588, Tone.PLAIN),
            Slice("Diuji", 561, Tone.PLAIN),
            Slice("Kompeten", 507, Tone.GOOD),
        ],
        "parts": [
            Slice("Kompeten", 507, Tone.GOOD),
            Slice("Belum kompeten", 54, Tone.WAIT),
            Slice("Menunggu perbaikan", 82, Tone.BAD),
            Slice("Berjalan", 27, Tone.PLAIN),
        ],
        "bars": [
            Slice("Jawa Barat", 214),
            Slice("Sumatera Utara", 122),
            Slice("Sulawesi Selatan", 87),
            Slice("Papua", 19),
        ],
        "story": _story(at),
    }


def _stops(at: datetime) -> list[Stop]:
    done = StopState.DONE
    return [
        Stop("Permohonan", done, on=at - timedelta(days=60)),
        Stop("Seleksi administrasi", done, on=at - timedelta(days=48)),
        Stop("Bimtap", done, on=at - timedelta(days=30)),
        Stop(
            "Portofolio",
            StopState.NOW,
            note="Lengkapi deskripsi diri Anda sampai 12 Maret 2026.",
            href="#way",
            action="Lanjutkan",
        ),
        Stop("Uji kompetensi"),
        Stop("Keputusan"),
        Stop("Sertifikat"),
    ]


def _blocked(at: datetime) -> list[Stop]:
    return [
        Stop("Permohonan", StopState.DONE, on=at - timedelta(days=9)),
        Stop(
            "Seleksi administrasi",
            StopState.BLOCKED,
            note="Dua dokumen perlu diperbaiki: ijazah tidak terbaca, surat pengalaman belum ditandatangani.",
            href="#way",
            action="Perbaiki dokumen",
        ),
        Stop("Pelatihan dasar", StopState.SKIPPED, note="Jalur Anda tidak memerlukannya."),
        Stop("Uji kompetensi"),
        Stop("Sertifikat"),
    ]


def _form_steps() -> list[Stop]:
    return [
        Stop("Data diri", StopState.DONE, href="#steps"),
        Stop("Pendidikan", StopState.DONE, href="#steps"),
        Stop("Pekerjaan", StopState.NOW),
        Stop("Dokumen"),
        Stop("Periksa dan kirim"),
    ]


def _deadlines(at: datetime) -> list[Any]:
    days = (20, 2, 0, -4)
    return [timezone.localdate(at + timedelta(days=d)) for d in days]


def _promises(at: datetime) -> list[Clock]:
    zone = timezone.get_current_timezone()
    return [
        clock(at - timedelta(days=d), days=10, at=at, zone=zone, calendar=Calendar())
        for d in (1, 12, 14, 20)
    ]


def _story(at: datetime) -> list[Happening]:
    return [
        Happening(
            "Permohonan dikembalikan untuk perbaikan",
            at - timedelta(days=1, hours=3),
            "Budi Santoso, verifikator",
            "Ijazah tidak terbaca. Mohon unggah pindaian yang lebih jelas sebelum 10 Maret.",
            Tone.WAIT,
            (Fact("Dokumen", "Ijazah"), Fact("Batas", "10 Maret 2026")),
        ),
        Happening("Permohonan dikirim", at - timedelta(days=4), "Ani Rahayu", tone=Tone.GOOD),
        Happening("Permohonan dibuka", at - timedelta(days=6), "Ani Rahayu"),
    ]
