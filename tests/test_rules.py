"""Every rule's own examples, put through the whole pipeline."""

from functools import partial
from inspect import Parameter, signature

import pytest

from citecheck.analysis import analyse
from citecheck.documents import Corpus, Document
from citecheck.fixing import fix_text
from citecheck.linting import check
from citecheck.readers import read_bytes
from citecheck.rules import Bad, Good, Rule, all_rules

CASES = [
    pytest.param(rule, example, id=f"{rule.code}-{type(example).__name__}-{number}")
    for rule in all_rules()
    # The examples of rules on reference libraries are libraries: tests/test_libraries.py runs them.
    if rule.family != "LIB"
    for number, example in enumerate(rule.examples)
]


def as_document(text: str, path: str = "example.txt") -> Document:
    """Read an example: a whole manuscript, or the notes of one, a line each."""
    if "\n\n" not in text and "Notes" not in text.split("\n"):
        notes = "".join(f"{number}. {line}\n" for number, line in enumerate(text.strip("\n").split("\n"), 1))
        text = f"Notes\n\n{notes}"
    return analyse(read_bytes(text.encode(), path, "plain"))


def messages(rule: Rule, example: Bad | Good) -> list[str]:
    documents = [as_document(example.text)]
    documents += (as_document(text, f"other-{number}.txt") for number, text in enumerate(example.others, 1))
    return [finding.message for finding in check(documents, [rule])]


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_example(rule: Rule, example: Bad | Good) -> None:
    found = messages(rule, example)
    if isinstance(example, Bad):
        assert example.says in found
    else:
        assert found == []


def references(document: Document) -> list[object]:
    return [citation.reference for citation in document.citations]


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_fixes(rule: Rule, example: Bad | Good) -> None:
    """A fix gives what the example says; fixing again changes nothing; a safe fix leaves every record equal."""
    document = as_document(example.text)
    read = partial(read_bytes, path="example.txt", format="plain")
    again = fix_text(document.manuscript, lambda text: check([analyse(text)], [rule]), read, unsafe=True)
    if isinstance(example, Bad) and example.fixed is not None:
        assert again.text == as_document(example.fixed).manuscript.text
    fixed = fix_text(document.manuscript, lambda text: check([analyse(text)], [rule]), read)
    if fixed.applied:
        assert references(analyse(read(fixed.text.encode()))) == references(document)
    twice = fix_text(read(fixed.text.encode()), lambda text: check([analyse(text)], [rule]), read)
    assert twice.text == fixed.text


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.code) for rule in all_rules()])
def test_a_rule_is_documented_exemplified_and_called_rightly(rule: Rule) -> None:
    documentation = rule.documentation.strip()
    assert len(documentation) > 60, (
        f"{rule.name}: the docstring should say what is wrong, and when the rule is silent"
    )
    assert any(isinstance(example, Bad) for example in rule.examples), f"{rule.name} has no Bad example"
    assert any(isinstance(example, Good) for example in rule.examples), f"{rule.name} has no Good example"
    takes = 1 if rule.subject in (Document, Corpus) else 2
    parameters = signature(rule.check, follow_wrapped=False).parameters.values()
    given = [each for each in parameters if each.default is Parameter.empty]
    assert len(given) == takes, f"{rule.name} is called with {takes} arguments: see citecheck/rules/README.md"


def test_what_older_print_leaves_out_is_shown_in_a_citation_of_the_same_kind() -> None:
    (rule,) = (rule for rule in all_rules() if rule.code == "ARC102")
    (finding,) = check([as_document("PA AA, R 105941, Bl. 45–47.")], [rule])
    assert finding.problem.help == "add the Bestand, as in “PA AA, RZ 206, R 103295”"
