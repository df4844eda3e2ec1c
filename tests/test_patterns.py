import pickle
import re
from pathlib import Path

import pytest

from citecheck.beginnings import beginnings
from citecheck.lexing import ASKED
from citecheck.patterns import PatternStore

NAMED = r"(?P<day>\d{1,2})\s(?P<month>[^\W\d_]+)|(?i:undated|без\sдаты)"


def test_what_is_kept_reads_as_what_re_compiles(tmp_path: Path) -> None:
    first = PatternStore(tmp_path / "patterns")
    first.compiled(NAMED, 0)
    first.keep()
    kept = PatternStore(tmp_path / "patterns").compiled(NAMED, 0)
    usual = re.compile(NAMED)
    for text in ("19 April 1956", "БЕЗ ДАТЫ", "Undated", "April"):
        ours, theirs = kept.match(text), usual.match(text)
        assert (ours and ours.groupdict()) == (theirs and theirs.groupdict())
    assert (kept.pattern, kept.flags, kept.groups) == (usual.pattern, usual.flags, usual.groups)
    assert kept.groupindex == usual.groupindex


def test_flags_make_another_pattern(tmp_path: Path) -> None:
    store = PatternStore(tmp_path / "patterns")
    assert store.compiled("fond", re.IGNORECASE).match("FOND")
    assert not store.compiled("fond", 0).match("FOND")


def test_a_damaged_file_is_as_good_as_none(tmp_path: Path) -> None:
    path = tmp_path / "patterns"
    path.write_bytes(b"\x80\x05nonsense")
    store = PatternStore(path)
    assert store.compiled(NAMED, 0).match("19 April")
    store.keep()
    assert PatternStore(path).compiled(NAMED, 0).match("19 April")


def test_numbers_that_are_none_of_res_are_compiled_again(tmp_path: Path) -> None:
    path = tmp_path / "patterns"
    path.write_bytes(pickle.dumps({(NAMED, 0): (32, b"\1\0\0\0" * 5, 2, {}, (None, None, None))}))
    assert PatternStore(path).compiled(NAMED, 0).match("19 April")


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"(?:[A-C]{1,3}-)?\d", "0123456789ABC"),
        (r"(?<!\w)(?i:op|ф)\.?", "OoФф"),
        (r"(?:№|л\.)?(?=\s)[(\[]", "([л"),
    ],
)
def test_with_what_a_match_begins(pattern: str, expected: str) -> None:
    assert beginnings(pattern) == expected


def test_what_may_be_empty_may_begin_anywhere() -> None:
    assert set(beginnings(r"(?:a*|b)c?")) == ASKED
