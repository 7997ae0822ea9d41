"""Does every mistake in a scheme file name its file, line and key, all mistakes at once?"""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from kompeten.schemes.adapters.reader import PACKAGED, read, read_all
from kompeten.schemes.terms import Problem, SchemeInvalid

SCHEME = "welfare_worker_generalist.yaml"
STANDARD = "common/standard.yaml"


@dataclass(frozen=True)
class Case:
    """A mistake: in `file`, `old` becomes `new`; the problem stands on the line of `mark`.

    `alone`: it is the only one that is told.
    """

    file: str
    old: str
    new: str
    mark: str
    key: str
    code: str
    message: str
    alone: bool = True


def long_word(word: str) -> str:
    """Return what is said of a word that has no room on the certificate."""
    return (
        f"{word!r} is too long for one line of the certificate; write it with a blank or a hyphen where it may"
        " break"
    )


CASES = [
    Case(
        SCHEME,
        "profession: welfare_worker",
        "profesion: welfare_worker",
        "profesion:",
        "profesion",
        "key.unknown",
        "unknown key 'profesion'; did you mean 'profession'?",
    ),
    Case(
        SCHEME,
        "      min_age_years: 45",
        "      min_age_years: forty-five",
        "forty-five",
        "routes.direct_certification.requirements.min_age_years",
        "type.wrong",
        "expected a whole number, found 'forty-five'",
    ),
    Case(
        SCHEME,
        "      min_age_years: 45",
        "      min_age_years: 145",
        "145",
        "routes.direct_certification.requirements.min_age_years",
        "value.range",
        "145 is not between 1 and 99",
    ),
    Case(
        SCHEME,
        "      training_hours: 120",
        "      training_hours: 0120",
        "0120",
        "routes.training.requirements.training_hours",
        "type.wrong",
        "expected a whole number, found '0120'",
    ),
    Case(
        SCHEME,
        "short: TKS-G",
        "short: tks g",
        "short: tks g",
        "short",
        "value.pattern",
        "'tks g' is not right: capital letters, digits and hyphens",
    ),
    Case(
        SCHEME,
        "level: generalist",
        "level: generalis",
        "level: generalis",
        "level",
        "value.choice",
        "'generalis' is none of assistant, generalist, specialist; did you mean 'generalist'?",
    ),
    Case(
        SCHEME,
        "en: Generalist Welfare Worker}",
        "en: 2020}",
        "en: 2020}",
        "title.en",
        "type.wrong",
        "expected text, found 2020; put it in quotes",
    ),
    Case(
        SCHEME,
        "title: {id: Tenaga Kesejahteraan Sosial Generalis, en: Generalist Welfare Worker}",
        "title: Tenaga Kesejahteraan Sosial Generalis",
        "title: Tenaga",
        "title",
        "type.wrong",
        "expected named values, found 'Tenaga Kesejahteraan Sosial Generalis'",
    ),
    Case(
        SCHEME,
        "    components: [cognitive, practice]",
        "    components: cognitive",
        "components: cognitive",
        "routes.training.components",
        "type.wrong",
        "expected a list, found 'cognitive'",
    ),
    Case(
        SCHEME,
        "    components: [cognitive, practice]",
        "    components: [cognitive, praktik]",
        "praktik",
        "routes.training.components.1",
        "value.choice",
        "'praktik' is none of portfolio, cognitive, practice, interview; did you mean 'practice'?",
    ),
    Case(
        SCHEME,
        "    components: [cognitive, practice]",
        "    components: []",
        "components: []",
        "routes.training.components",
        "list.short",
        "at least 1 entries are needed",
    ),
    Case(
        SCHEME,
        "    components: [cognitive, practice]",
        "    components: [cognitive, cognitive]",
        "[cognitive, cognitive]",
        "routes.training.components.cognitive",
        "code.duplicate",
        "'cognitive' stands twice in this list",
    ),
    Case(
        SCHEME,
        "  direct_assessment:\n    components",
        "  direct_asessment:\n    components",
        "direct_asessment:",
        "routes.direct_asessment",
        "value.choice",
        "'direct_asessment' is none of direct_certification, direct_assessment, training, education;"
        " did you mean 'direct_assessment'?",
        alone=False,  # paths under sources lead nowhere now
    ),
    Case(
        SCHEME,
        "short: TKS-G\n",
        "",
        "code: welfare_worker_generalist",
        "short",
        "key.missing",
        "missing",
    ),
    Case(
        SCHEME,
        "level: generalist",
        "level: generalist\nlevel: specialist",
        "level: specialist",
        "level",
        "key.duplicate",
        "'level' stands already on line 7",
    ),
    Case(
        SCHEME,
        "in_force_from: 2025-01-01",
        "in_force_from: 2026-02-30",
        "2026-02-30",
        "in_force_from",
        "date.impossible",
        "2026-02-30 is no day of the calendar",
    ),
    Case(
        SCHEME,
        "in_force_from: 2025-01-01",
        "in_force_from: January 2026",
        "January 2026",
        "in_force_from",
        "type.wrong",
        "expected a day like 2026-01-31, found 'January 2026'",
    ),
    Case(
        SCHEME,
        "in_force_from: 2025-01-01",
        "in_force_from: 2025-01-01\nin_force_until: 2025-01-01",
        "in_force_until",
        "in_force_until",
        "date.order",
        "2025-01-01 is not after 2025-01-01",
    ),
    Case(
        SCHEME,
        "in_force_from: 2025-01-01\n",
        "",
        "code: welfare_worker_generalist",
        "in_force_from",
        "key.missing",
        "missing",
    ),
    Case(
        SCHEME,
        "short: TKS-G",
        "short: TKSGENERALISUTAMANASIONALMUDA",
        "short: TKS",
        "short",
        "word.long",
        long_word("TKSGENERALISUTAMANASIONALMUDA"),
        alone=False,  # and the number of a certificate has no room for it either
    ),
    Case(
        SCHEME,
        "title: {id: Tenaga Kesejahteraan Sosial Generalis,",
        f"title: {{id: Tenaga {'x' * 90},",
        "title: {id: Tenaga",
        "title.id",
        "word.long",
        long_word("x" * 90),
    ),
    Case(
        SCHEME,
        "  - code: TKS-G-02",
        "  - code: TKS.G.02.0000000000000000000",
        "- code: TKS.G.02",
        "units.TKS.G.02.0000000000000000000.code",
        "word.long",
        long_word("TKS.G.02.0000000000000000000"),
    ),
    Case(
        SCHEME,
        'en: "Making a social assessment"',
        f'en: "Making a {"x" * 60}"',
        'id: "Melakukan asesmen sosial"',
        "units.TKS-G-02.title.en",
        "word.long",
        long_word("x" * 60),
    ),
    Case(
        SCHEME,
        "  - code: PP 39/2012",
        f"  - code: PP {'9' * 100}",
        "- code: PP 999",
        f"legal_basis.PP {'9' * 100}.code",
        "word.long",
        long_word("9" * 100),
    ),
    Case(
        SCHEME,
        "subject: {id: Kesejahteraan sosial,",
        f"subject: {{id: {'Undang' * 16},",
        "subject: {id: Undang",
        "legal_basis.UU 11/2009.subject.id",
        "word.long",
        long_word("Undang" * 16),
    ),
    Case(
        STANDARD,
        '"{serial:06d}/{scheme}/LSP KESOS/{month}/{year}"',
        '"{serial:032d}/{scheme}/LSP KESOS/{month}/{year}"',
        "{serial:032d}",
        "certificate.template",
        "word.long",
        long_word(f"{999999:032d}/"),
    ),
    Case(
        SCHEME,
        "uses: standard",
        "uses: standart",
        "uses: standart",
        "uses",
        "reference.unknown",
        "unknown code 'standart'; did you mean 'standard'?",
    ),
    Case(
        SCHEME,
        "  practice: practice\n",
        "  practice: praktik\n",
        "practice: praktik",
        "instruments.practice",
        "reference.unknown",
        "unknown code 'praktik'; did you mean 'practice'?",
    ),
    Case(
        SCHEME,
        "pkh, tksk,",
        "pkhh, tksk,",
        "pkhh, tksk,",
        "programs",
        "reference.unknown",
        "unknown code 'pkhh'; did you mean 'pkh'?",
    ),
    Case(
        SCHEME,
        "  child_family, elderly,",
        "  family, elderly,",
        "  family, elderly,",
        "practice_fields",
        "reference.unknown",
        "unknown code 'family'; did you mean 'child_family'?",
    ),
    Case(
        SCHEME,
        "      required: [identity_card, photo, practice_evidence]",
        "      required: [identity_card, photo, practise_evidence]",
        "practise_evidence",
        "routes.education.documents",
        "reference.unknown",
        "unknown code 'practise_evidence'; did you mean 'practice_evidence'?",
    ),
    Case(
        SCHEME,
        "      required: [identity_card, photo, practice_evidence]",
        "      required: [identity_card, photo, diploma]",
        "required: [identity_card, photo, diploma]\n      one_of:\n        schooling",
        "routes.education.documents.required",
        "code.duplicate",
        "'diploma' is asked for 2 times",
    ),
    Case(
        SCHEME,
        "        schooling: [student_letter, diploma]",
        "        schooling: [diploma]",
        "schooling: [diploma]",
        "routes.education.documents.one_of.schooling",
        "list.short",
        "at least 2 entries are needed",
    ),
    Case(
        SCHEME,
        "  - code: TKS-G-02",
        "  - code: TKS-G-01",
        '  - code: TKS-G-01\n    title: {id: "Melakukan',
        "units.TKS-G-01",
        "code.duplicate",
        "'TKS-G-01' stands twice in this list",
    ),
    Case(
        SCHEME,
        "      practice: {months: 24}",
        "      practice: {need: any}",
        "practice: {need: any}",
        "routes.direct_assessment.requirements.practice.months",
        "practice.empty",
        "months or hours are needed",
    ),
    Case(
        SCHEME,
        "  units:\n",
        "  unit:\n",
        "  unit:\n",
        "unverified.unit",
        "path.unknown",
        "there is nothing at 'unit'",
        alone=False,  # and the units are of unsaid origin
    ),
    Case(
        SCHEME,
        "  routes.training.components:",
        "  units:",
        "  units:\n    id",
        "unverified.units",
        "provenance.both",
        "'units' has a source and is called unverified",
    ),
    Case(
        STANDARD,
        "  service_days:\n    id: Waktu layanan lembaga sendiri tidak ditemukan. Nilai ini hari kerja; "
        "10 hari verifikasi mengikuti janji SKP Platform (2025).\n"
        "    en: The body's own service times were not found. Values are working days; the 10 of "
        "verification follow the SKP Platform's promise (2025).\n",
        "",
        "service_days:\n  verification",
        "service_days",
        "provenance.missing",
        "neither under sources nor under unverified",
    ),
    Case(
        STANDARD,
        "knowledge: 30, values: 30, skills: 40",
        "knowledge: 30, values: 30, skills: 50",
        "skills: 50",
        "cognitive.blueprint.domains",
        "sum.shares",
        "the shares sum to 110, not to 100",
    ),
    Case(
        STANDARD,
        "hard: 20, medium: 30, easy: 50",
        "hard: 50, easy: 50",
        "hard: 50, easy: 50",
        "cognitive.blueprint.difficulties",
        "share.missing",
        "no share for medium",
    ),
    Case(
        STANDARD,
        "    domains: {knowledge: 30, values: 30, skills: 40}",
        "    domains: {knowledge: 31, values: 30, skills: 39}",
        "knowledge: 31",
        "cognitive.blueprint.domains",
        "blueprint.fraction",
        "of 90 items, knowledge, skills would be no whole number",
    ),
    Case(
        STANDARD,
        "cognitive: 35, practice: 25",
        "cognitive: 30, practice: 25",
        "cognitive: 30",
        "pass_rule.weights",
        "sum.shares",
        "the shares sum to 95, not to 100",
    ),
    Case(
        STANDARD,
        "  mode: conjunctive\n",
        "  mode: compensatory\n",
        "floor_percent: 70",
        "pass_rule.floor_percent",
        "floor.above_total",
        "the floor of 70 is above the total of 60",
    ),
    Case(
        STANDARD,
        "portfolio:\n  pass_percent: 60\n  blank_points: 0\n  blank_blocks_acceptance: true\n"
        "  raters: {count: 2,",
        "portfolio:\n  pass_percent: 60\n  blank_points: 0\n  blank_blocks_acceptance: true\n"
        "  raters: {count: 1,",
        "raters: {count: 1",
        "portfolio.raters.third_on_verdict",
        "raters.single",
        "one assessor cannot differ with another",
    ),
    Case(
        STANDARD,
        "{serial:06d}/{scheme}",
        "{number:06d}/{scheme}",
        "{number:06d}",
        "certificate.template",
        "template.invalid",
        "only {month}, {scheme}, {serial}, {year} can be used in a number",
    ),
    Case(
        STANDARD,
        "{serial:06d}/{scheme}",
        "{scheme}",
        'template: "{scheme}',
        "certificate.template",
        "template.serial",
        "a number without {serial} is not unique",
    ),
    Case(
        STANDARD,
        "/{month}/{year}",
        "/{month}",
        "/{month}",
        "certificate.template",
        "template.year",
        "a series that restarts yearly needs {year} in its numbers",
    ),
    Case(
        STANDARD,
        "  short: LSP KESOS\n",
        "  short: LSP KESOS\n  licensed_on: 2026-03-28\n  licensed_until: 2021-03-28\n",
        "licensed_until",
        "authority.licensed_until",
        "date.order",
        "2021-03-28 is not after 2026-03-28",
    ),
    Case(
        STANDARD,
        "  blank_blocks_acceptance: true",
        "  blank_blocks_acceptance: yes",
        "blank_blocks_acceptance: yes",
        "portfolio.blank_blocks_acceptance",
        "type.wrong",
        "expected true or false, found 'yes'",
    ),
    Case(
        "instruments/practice.yaml",
        "scale: {least: 1, most: 5}",
        "scale: {least: 5, most: 5}",
        "least: 5",
        "instruments.practice.scale.most",
        "scale.order",
        "5 is not above 5",
    ),
    Case(
        "instruments/practice.yaml",
        "      - id: Tidak ada catatan.\n        en: No note.\n",
        "",
        "anchors:\n      - id: Catatan",
        "instruments.practice.criteria.recording.anchors",
        "anchors.count",
        "4 anchors for 5 marks",
    ),
    Case(
        "instruments/self_description_2020.yaml",
        "  - code: a_what\n    group: a\n",
        "  - code: a_what\n    group: c\n",
        "group: c",
        "instruments.self_description.items.a_what.group",
        "group.unknown",
        "unknown group 'c'",
    ),
    Case(
        "instruments/self_description_2020.yaml",
        "    min_words: 50\n",
        "    min_words: 50\n    full_score_words: 20\n",
        "full_score_words: 20",
        "instruments.self_description.items.a_what.full_score_words",
        "words.order",
        "20 words are below the minimum of 50",
    ),
    Case(
        "instruments/curriculum_vitae.yaml",
        "        kind: date\n",
        "        kind: choice\n",
        "kind: choice",
        "instruments.curriculum_vitae.parts.identity.fields.birth_date.kind",
        "choices.kind",
        "choices belong to kind 'choice', and it needs them",
    ),
    Case(
        "common/documents.yaml",
        "  media_types: [image/jpeg, image/png]\n",
        "  media_types: [image/gif]\n",
        "image/gif",
        "documents.photo.media_types.0",
        "value.pattern",
        "'image/gif' is not right: one of application/pdf, image/jpeg, image/png",
    ),
]

# Cases that need a second edit to come about.
BESIDE = {
    "blueprint.fraction": (STANDARD, "    items: 100", "    items: 90"),
    "floor.above_total": (STANDARD, "floor_percent: 50", "floor_percent: 70"),
}


def copied(tmp_path: Path) -> Path:
    """Return a folder with the packaged files, to be spoilt."""
    return Path(shutil.copytree(PACKAGED, tmp_path / "data"))


def spoil(root: Path, file: str, old: str, new: str) -> str:
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    return text


def problems_of(path: Path) -> tuple[Problem, ...]:
    with pytest.raises(SchemeInvalid) as refused:
        read(path)
    return refused.value.problems


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}-{case.key}")
def test_a_mistake_names_file_line_key_and_what_to_mend(case: Case, tmp_path: Path) -> None:
    root = copied(tmp_path)
    if case.code in BESIDE:
        spoil(root, *BESIDE[case.code])

    text = spoil(root, case.file, case.old, case.new)

    line = text[: text.index(case.mark)].count("\n") + 1
    expected = Problem(case.file, line, case.key, case.code, case.message)
    found = problems_of(root / SCHEME)
    assert expected in found, "\n".join(str(problem) for problem in found)
    assert len(found) == 1 or not case.alone


def test_all_mistakes_of_all_files_are_told_at_once_and_in_order(tmp_path: Path) -> None:
    root = copied(tmp_path)
    spoil(root, SCHEME, "short: TKS-G", "short: tks")
    spoil(root, SCHEME, "level: generalist", "level: general")
    spoil(root, STANDARD, "  pass_percent: 60", "  pass_percent: 600")
    spoil(root, "social_volunteer.yaml", "short: RELSOS", "shot: RELSOS")

    with pytest.raises(SchemeInvalid) as refused:
        read_all(root)

    told = [(problem.file, problem.key) for problem in refused.value.problems]
    assert told == [
        (STANDARD, "cognitive.pass_percent"),
        ("social_volunteer.yaml", "shot"),
        (SCHEME, "short"),
        (SCHEME, "level"),
    ]


def test_a_code_belongs_to_one_file(tmp_path: Path) -> None:
    root = copied(tmp_path)
    shutil.copy(root / SCHEME, root / "zz_copy.yaml")

    with pytest.raises(SchemeInvalid) as refused:
        read_all(root)

    message = f"'welfare_worker_generalist' is already the code of {SCHEME}"
    assert refused.value.problems == (
        Problem("zz_copy.yaml", 1, "code", "code.duplicate", message),
    )


def test_a_broken_shared_file_is_told_beside_the_mistakes_of_the_scheme(tmp_path: Path) -> None:
    root = copied(tmp_path)
    (root / "common/programs.yaml").write_text("- code: pkh\n  title: {id: PKH\n", encoding="utf-8")
    spoil(root, SCHEME, "short: TKS-G", "short: tks")

    told = {(p.file, p.code) for p in problems_of(root / SCHEME)}

    assert ("common/programs.yaml", "yaml.syntax") in told
    assert (SCHEME, "value.pattern") in told


def test_a_scheme_may_write_a_shared_section_itself(tmp_path: Path) -> None:
    root = copied(tmp_path)
    own = "preparation:\n  required: true\n\nsources:\n  preparation: decree 12 of 2026\n"
    spoil(root, SCHEME, "\nsources:\n", f"\n{own}")

    content = read(root / SCHEME).content

    assert content.preparation.required
    assert content.sources["preparation"] == "decree 12 of 2026"
    assert "preparation" not in content.unverified
    assert content.retake.results_kept_months == 12


def test_problems_read_as_one_line_each() -> None:
    problem = Problem("a.yaml", 3, "level", "value.choice", "'x' is none of y")

    assert str(problem) == "a.yaml:3: level: 'x' is none of y"
    assert str(SchemeInvalid((problem, problem))).count("\n") == 1
