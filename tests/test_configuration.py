"""Settings beside the manuscripts, and what is said of a wrong one."""

from pathlib import Path

import pytest

from citecheck import lint
from citecheck.configuration import ConfigurationError, read_configuration

_ARCHIVE = '[[archive]]\nid = "TAM"\nname = "Town Archive"\nhierarchy = "russian-state"\n'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('selct = ["LOC"]', "“selct” is read by nothing; did you mean “select”?"),
        ('select = "LOC"', "“select” must be a list of texts"),
        ('abbreviations = ["a"]', "“abbreviations” must be a table of texts"),
        ("[abbreviations]\nKTS = 3", "“abbreviations” must be a table of texts"),
        ("archive = 3", "“archive” must be a list of tables, each under [[archive]], not 3"),
        (
            _ARCHIVE.replace('"Town Archive"', "5"),
            "“name” of [[archive]] TAM must be a text in quotation marks",
        ),
        (_ARCHIVE.replace('name = "Town Archive"\n', ""), "[[archive]] TAM lacks “name”"),
        (_ARCHIVE.replace("russian-state", "russian-stat"), "some that there are: russian-state"),
        (_ARCHIVE + 'abbreviation = ["TAM"]', "did you mean “abbreviations”?"),
        (_ARCHIVE + 'abbreviations = "TAM"', "must be a list of texts"),
        (
            _ARCHIVE + '[[archive.example]]\ntext = "TAM"\nlevels = ["fond", "5"]',
            "“levels” of [[example]] 1 of [[archive]] TAM must be a list of lists",
        ),
        ("a = ", "cannot be read"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "citecheck.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError) as raised:
        read_configuration(path)
    assert str(raised.value).startswith(f"{path}: ")
    assert says in str(raised.value)


def test_a_right_one_is_read(tmp_path: Path) -> None:
    path = tmp_path / "citecheck.toml"
    path.write_text(
        f'select = ["LOC"]\n{_ARCHIVE}abbreviations = ["TAM"]\n[abbreviations]\nKTS = "Top Secret Documents"',
        encoding="utf-8",
    )
    settings = read_configuration(path)
    assert settings.select == ("LOC",)
    assert settings.abbreviations == (("KTS", "Top Secret Documents"),)
    assert settings.registry().find("TAM")[0].name == "Town Archive"


def test_a_code_and_what_it_stands_for_are_one_place(tmp_path: Path) -> None:
    (tmp_path / "citecheck.toml").write_text(
        '[abbreviations]\nKOR = "MNL OL, XIX-J-1-j Korea"\n', encoding="utf-8"
    )
    paper = tmp_path / "a.txt"
    paper.write_text(
        "Notes\n\n"
        "1. Embassy to the DPRK, Report, 3 May 1955, KOR, 4. doboz, 5/a, 006044/1955.\n"
        "2. Embassy to the DPRK, Report, 8 May 1955, MNL OL, XIX-J-1-j Korea, 4. doboz, 5/a, 006044/1955.\n",
        encoding="utf-8",
    )
    assert {finding.code for finding in lint(paper)} == {"CON201"}


def test_the_library_goes_by_settings_too(tmp_path: Path) -> None:
    paper = tmp_path / "a.txt"
    paper.write_text("Notes\n\n1. RGANI, Fond 5, Opus 28, Delo 410, Listy 85-74.\n", encoding="utf-8")
    assert {finding.code for finding in lint(paper)} == {"ARC104", "LOC101"}
    (tmp_path / "citecheck.toml").write_text('select = ["LOC"]', encoding="utf-8")
    [finding] = lint(paper)
    assert (finding.code, finding.path, finding.line) == ("LOC101", str(paper), 3)
    assert {finding.code for finding in lint(paper, select=["ARC"])} == {"ARC104"}
