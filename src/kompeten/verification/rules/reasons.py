"""What may a maintained reason say, and with which list does a house begin? Without a database."""

import re
from collections.abc import Iterable

from kompeten.verification.terms import FAULTS, Fault, Judgement, ReasonRow, Wording

WORDS_MIN, WORDS_MAX, CODE = 12, 240, re.compile(r"[a-z][a-z0-9_]{2,39}")
LANGUAGES = ("id", "en")


def wording_reasons(wording: Wording) -> tuple[str, ...]:
    """Return why a reason cannot stand on the list; empty when it can.

    >>> wording_reasons(Wording("blurred", Fault.UNREADABLE, {"id": "Foto buram.", "en": "Blurred"}))
    ('reason.words_missing',)
    """
    found = []
    if not CODE.fullmatch(wording.code):
        found.append("reason.code_unfit")
    if wording.kind not in FAULTS[Judgement.NOT_MET] or wording.kind is Fault.OTHER:
        found.append("reason.kind_unfit")
    said = [wording.words.get(language, "").strip() for language in LANGUAGES]
    if not all(WORDS_MIN <= len(words) <= WORDS_MAX for words in said):
        found.append("reason.words_missing")
    return tuple(found)


def fitting(reasons: Iterable[ReasonRow], document: str) -> tuple[ReasonRow, ...]:
    """Return the reasons that may be given for a document; one that names no document fits all."""
    return tuple(r for r in reasons if not r.documents or document in r.documents)


def _said(code: str, kind: Fault, documents: str, local: str, english: str) -> Wording:
    return Wording(code, kind, {"id": local, "en": english}, tuple(documents.split()))


# The sentences speak to the applicant: what is wrong, and what to do.
STARTING = (
    _said("card_corner_cut", Fault.UNREADABLE, "identity_card",
          "Sudut KTP terpotong. Foto ulang sampai keempat sudutnya terlihat.",
          "A corner of the identity card is cut off. Photograph it again with all four corners."),
    _said("card_number_unreadable", Fault.UNREADABLE, "identity_card",
          "Angka NIK pada KTP tidak terbaca. Foto ulang di tempat terang tanpa lampu kilat.",
          "The NIK on the card cannot be read. Photograph it again in good light, without flash."),
    _said("card_of_another", Fault.OTHER_DOCUMENT, "identity_card",
          "KTP ini milik orang lain. Unggah KTP Anda sendiri.",
          "This identity card is somebody else's. Please upload your own."),
    _said("photo_too_old", Fault.PHOTO_UNFIT, "photo",
          "Wajah pada foto tidak tampak seperti sekarang. Unggah foto paling lama enam bulan.",
          "The photo no longer shows your face as it is. Upload one of the last six months."),
    _said("photo_background", Fault.PHOTO_UNFIT, "photo",
          "Latar foto tidak polos merah atau biru. Foto ulang di depan dinding atau kain polos.",
          "The background is not plain red or blue. Take it again before a plain wall or cloth."),
    _said("diploma_no_transcript", Fault.INCOMPLETE, "diploma",
          "Transkrip nilai belum disertakan. Gabungkan ijazah dan transkrip dalam satu berkas.",
          "The transcript is missing. Put diploma and transcript into one file."),
    _said("diploma_name_differs", Fault.NAME_DIFFERS, "diploma",
          "Nama pada ijazah berbeda dengan KTP. Sertakan surat keterangan beda nama.",
          "The name on the diploma differs from your card. Add a letter that explains it."),
    _said("diploma_not_certified", Fault.NOT_SIGNED, "diploma",
          "Salinan ijazah belum dilegalisasi. Unggah aslinya atau salinan yang dilegalisasi.",
          "The copy of the diploma is not certified. Upload the original or a certified copy."),
    _said("letter_no_hours", Fault.INCOMPLETE, "experience_letter",
          "Surat belum menyebut jam kerja. Minta instansi menuliskan jam per minggu dan seluruhnya.",
          "The letter does not state hours. Ask the office to write hours a week and in all."),
    _said("letter_no_period", Fault.INCOMPLETE, "experience_letter assignment_letter",
          "Surat belum menyebut tanggal mulai dan selesai bertugas.",
          "The letter does not say when the work began and ended."),
    _said("letter_no_signature", Fault.NOT_SIGNED, "experience_letter assignment_letter",
          "Surat belum ditandatangani atau dicap pejabat yang berwenang.",
          "The letter lacks the signature or stamp of the official in charge."),
    _said("letter_of_colleague", Fault.NAME_DIFFERS, "experience_letter assignment_letter",
          "Nama Anda tidak tercantum dalam surat ini. Unggah surat atau lampiran yang memuatnya.",
          "Your name is not in this letter. Upload the letter or the annex that names you."),
    _said("recommendation_expired", Fault.EXPIRED,
          "recommendation_profession recommendation_workplace",
          "Rekomendasi sudah lewat masa berlakunya. Minta rekomendasi baru.",
          "The recommendation is no longer valid. Please ask for a new one."),
    _said("recommendation_no_route", Fault.INCOMPLETE,
          "recommendation_profession recommendation_workplace",
          "Rekomendasi belum menyebut skema dan jalur yang Anda ajukan.",
          "The recommendation does not name the scheme and route you apply for."),
    _said("training_no_hours", Fault.INCOMPLETE, "training_certificate",
          "Sertifikat pelatihan belum memuat jumlah jam. Sertakan daftar materi dan jamnya.",
          "The training certificate states no hours. Add the list of subjects and hours."),
    _said("ethics_not_signed", Fault.NOT_SIGNED, "ethics_statement",
          "Pernyataan kode etik belum Anda tandatangani.",
          "You have not signed the statement on the code of ethics."),
    _said("pages_missing", Fault.INCOMPLETE, "",
          "Halaman dokumen tidak lengkap. Unggah semua halamannya dalam satu berkas.",
          "Pages are missing. Upload all pages in one file."),
    _said("photographed_aslant", Fault.UNREADABLE, "",
          "Dokumen terfoto miring sehingga tulisan di tepinya hilang. Foto ulang dari atas.",
          "The document was photographed aslant and loses its edges. Take it again from above."),
)  # fmt: skip
