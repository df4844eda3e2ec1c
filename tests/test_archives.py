"""The registry: every archive's examples are read as they say, and its files agree with one another."""

import re
import tomllib

import pytest

from citecheck.analysis import analyse
from citecheck.archives import Archive, Example, Hierarchy, fold_name, load_registry
from citecheck.readers import read_bytes
from citecheck.reading.archival import NameIndex, find_places
from citecheck.resources import data_folder

REGISTRY = load_registry()
NAMES = NameIndex(REGISTRY, {})
EXAMPLES = [
    pytest.param(archive, example, id=f"{archive.id}-{number}")
    for archive in REGISTRY.archives.values()
    for number, example in enumerate(archive.examples, 1)
]


@pytest.mark.parametrize(("archive", "example"), EXAMPLES)
def test_example(archive: Archive, example: Example) -> None:
    place = find_places(example.text, NAMES)[0]
    leaves = tuple((leaf.start, leaf.end) for leaf in place.locators)
    assert tuple((level.key, level.value) for level in place.levels) == example.levels
    assert leaves == tuple((*folio, None)[:2] for folio in example.folios)
    assert place.archive is archive


@pytest.mark.parametrize(
    ("archive", "example"), [each for each in EXAMPLES if each.values[1].description or each.values[1].date]
)
def test_description_and_date_of_example(archive: Archive, example: Example) -> None:
    document = analyse(read_bytes(f"Notes\n\n1. {example.text}\n".encode(), "example.txt", "plain"))
    ((_, reference),) = document.archival
    assert reference.archive == archive.id
    assert reference.description == example.description
    assert reference.date == example.date


@pytest.mark.parametrize("archive", REGISTRY.archives.values(), ids=lambda archive: archive.id)
def test_archive(archive: Archive) -> None:
    keys = archive.hierarchy.by_key
    for example in archive.examples:
        for key, value in example.levels:
            assert keys[key].fits(value), f"{key} {value!r} of {example.text!r} does not fit its pattern"
    assert archive.ambiguous <= {*archive.current_names, *archive.former_names}
    for unit in archive.units:
        assert unit.level in keys
    for name in archive.current_names:
        assert name == name.strip()


@pytest.mark.parametrize("hierarchy", REGISTRY.hierarchies.values(), ids=lambda hierarchy: hierarchy.id)
def test_hierarchy(hierarchy: Hierarchy) -> None:
    assert len(hierarchy.by_key) == len(hierarchy.levels)
    for order in hierarchy.orders:
        assert set(order) <= {*hierarchy.by_key, "archive"}
    assert sum(level.locator for level in hierarchy.levels) <= 2
    for level in hierarchy.levels:
        re.compile(level.pattern)
        assert len(level.labels) == len(set(level.labels))


@pytest.mark.parametrize("folder", ["archives", "hierarchies"])
def test_files_are_named_after_their_ids(folder: str) -> None:
    for path in sorted((data_folder("seeds") / folder).glob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        if "house" in table:
            # It is named after their country.
            country = path.stem.partition("-")[0].upper()
            assert all(house["id"].startswith(f"{country}_") for house in table["house"])
        else:
            assert path.stem == table["id"].lower().replace("_", "-")


def test_a_name_that_several_archives_have_is_the_own_of_one_at_most() -> None:
    """Where two archives claim a name as theirs, only its levels can tell which is meant."""
    owners: dict[str, set[str]] = {}
    for archive in REGISTRY.archives.values():
        for name in archive.current_names:
            if name not in archive.ambiguous:
                owners.setdefault(fold_name(name), set()).add(archive.id)
    assert {name: ids for name, ids in owners.items() if len(ids) > 1} == {}


def test_plural_labels_are_labels() -> None:
    for hierarchy in REGISTRY.hierarchies.values():
        for level in hierarchy.levels:
            assert set(level.plural_labels) <= set(level.labels), (hierarchy.id, level.key)
