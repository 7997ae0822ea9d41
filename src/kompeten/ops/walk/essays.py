"""What do made-up candidates write? Plausible sentences of the field, put together by lot."""

import random
from collections.abc import Mapping

from kompeten.schemes.terms import AnswerField, CurriculumVitae, FieldKind, Question

OPENINGS = (
    "Pada awal tahun saya mendampingi keluarga penerima manfaat yang ayahnya baru kehilangan pekerjaan.",
    "Kasus ini saya tangani bersama perangkat kelurahan setelah menerima laporan dari kader posyandu.",
    "Klien saya, sebut saja N, adalah lansia yang tinggal sendiri di rumah yang hampir roboh.",
    "Saya ditugaskan mendampingi kelompok ibu-ibu yang anaknya sering tidak masuk sekolah.",
    "Seorang remaja dirujuk kepada saya oleh guru bimbingan konseling karena sering berkelahi.",
)
BODIES = (
    "Langkah pertama yang saya lakukan ialah membangun kepercayaan dengan berkunjung tanpa membawa formulir.",
    "Saya menyusun asesmen bersama keluarga dengan memetakan kekuatan, kebutuhan, dan siapa yang dapat membantu.",
    "Dari genogram dan ekomap terlihat bahwa dukungan keluarga besar ada, tetapi jarang dihubungi.",
    "Kami menyepakati tujuan yang kecil dahulu, yaitu anak kembali bersekolah dalam dua minggu.",
    "Data klien saya simpan dengan inisial dan hanya saya bagikan kepada pihak yang disetujui klien.",
    "Ketika klien belum mau dirujuk, saya menghargai keputusannya dan menjelaskan pilihan yang lain.",
    "Saya berkoordinasi dengan puskesmas, sekolah, dan pendamping program lain agar bantuan tidak tumpang tindih.",
    "Setiap pertemuan saya catat dalam laporan perkembangan supaya rencana dapat ditinjau kembali.",
    "Dalam pertemuan kelompok saya memakai permainan peran sehingga ibu-ibu berani menceritakan pengalamannya.",
    "Hambatan terbesar adalah jarak dan sinyal, sehingga jadwal kunjungan saya susun mengikuti hari pasar.",
    "Saya memakai pendekatan berbasis kekuatan karena keluarga sudah terlalu sering mendengar apa yang kurang.",
    "Untuk memastikan keselamatan anak, saya menyusun rencana aman bersama nenek yang tinggal di sebelah.",
    "Supervisi dengan koordinator membantu saya melihat bahwa saya terlalu cepat menawarkan jalan keluar.",
    "Setelah tiga bulan, keluarga dapat mengurus sendiri dokumen kependudukan dan jaminan kesehatannya.",
    "Perubahan yang paling terasa adalah ayah mulai ikut dalam pertemuan dan membagi pekerjaan rumah.",
    "Saya menutup pendampingan dengan pertemuan akhir yang merayakan hal-hal yang sudah dicapai.",
    "Bila ada pemberian dari keluarga, saya menolaknya dengan sopan dan menjelaskan aturan lembaga.",
    "Saya mengajukan kasus ini dalam konferensi kasus karena membutuhkan pandangan dari profesi lain.",
    "Rencana cadangan kami siapkan jika kepala keluarga harus bekerja ke luar daerah.",
    "Teori sistem membantu saya memahami mengapa masalah anak muncul ketika orang tua berselisih.",
)
CLOSINGS = (
    "Dari pengalaman ini saya belajar bahwa perubahan bertahan bila keluarga sendiri yang merumuskannya.",
    "Keluarga tersebut kini menjadi rujukan bagi tetangganya ketika mengurus layanan yang sama.",
    "Saya masih perlu memperkuat kemampuan mencatat agar proses pendampingan dapat dinilai ulang.",
)


def essay(question: Question, rng: random.Random, *, diligence: float) -> str:
    """Return an answer to `question`; the more diligent, the longer, never under its least length."""
    least = question.min_words or question.full_score_words or 60
    wanted = int(least * (0.9 + 0.6 * diligence)) if not question.min_words else least + 20
    sentences = [rng.choice(OPENINGS)]
    words = len(sentences[0].split())
    for sentence in rng.sample(BODIES, len(BODIES)):
        if words >= wanted:
            break
        sentences.append(sentence)
        words += len(sentence.split())
    return " ".join([*sentences, rng.choice(CLOSINGS)])


def vitae(
    instrument: CurriculumVitae, rng: random.Random, *, name: str
) -> dict[str, list[dict[str, str]]]:
    """Return one entry for each part that must be filled and for some that may."""
    return {
        part.code: [{field.code: _field(field, rng, name) for field in part.fields}]
        for part in instrument.parts
        if part.required or rng.random() < 0.4
    }


def _field(field: AnswerField, rng: random.Random, name: str) -> str:
    if field.kind is FieldKind.CHOICE:
        return rng.choice(field.choices).code
    samples: Mapping[FieldKind, str] = {
        FieldKind.DATE: f"{rng.randrange(2005, 2020)}-0{rng.randrange(1, 10)}-15",
        FieldKind.YEAR: str(rng.randrange(2005, 2024)),
        FieldKind.NUMBER: str(rng.randrange(8, 40)),
        FieldKind.LONG_TEXT: rng.choice(BODIES),
        FieldKind.TEXT: name if "name" in field.code else "Dinas Sosial setempat",
    }
    return samples[field.kind]
