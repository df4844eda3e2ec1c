"""How the levels of an archive are written after one another, as the examples of the registry show.

What a hierarchy has no label for is written as the examples of ``seeds/archives`` write it: a piece follows its series
after a slash (FO 371/84053), and a subject item stands bare (4. doboz, 5/a).
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import attrs

from citecheck.archives import Archive, Example, Hierarchy, LevelKind, Registry
from citecheck.citations import Level
from citecheck.formatting.archive_names import script_of
from citecheck.formatting.forms import NEAREST, Form, any_label, label_of


@attrs.frozen
class Setting:
    """What says how a level is written: the hierarchy, and the archive with its examples."""

    hierarchy: Hierarchy | None
    archive: Archive | None
    registry: Registry


@attrs.frozen
class Usage:
    """How a level is written after another: its label, and what stands before it."""

    label: str
    joint: str | None = None
    """None for the separator of the form."""

    @property
    def is_signature(self) -> bool:
        """Whether the level is a part of one signature with the level before: FO 371/84053, EAA.5100.1."""
        return not self.label and self.joint in ("/", ".", "#", "-", ":")


def usages(levels: Sequence[Level], previous: str | None, form: Form, setting: Setting) -> tuple[Usage, ...]:
    """Return how a form writes each of some levels; parts of one signature stand together as in print."""
    assert setting.hierarchy is not None
    shown = _examples_show(setting.archive, setting.hierarchy, setting.registry)
    found: list[Usage] = []
    printed: list[Usage | None] = []
    for level in levels:
        kind = setting.hierarchy.by_key.get(level.key)
        usual = shown.get((previous, level.key, ""))
        printed.append(shown.get((previous, level.key, _shape(level.value)), usual))
        usage = _usage(kind, printed[-1], usual, form, setting) if kind is not None else Usage("")
        if usage.is_signature and len(printed) > 1 and (before := printed[-2]) is not None:
            # “fond EAA.5100.1.378” would be half a signature, half a list of labels.
            found[-1] = before if not before.label else found[-1]
        found.append(usage)
        previous = level.key
    return tuple(found)


def _usage(
    kind: LevelKind, printed: Usage | None, usual: Usage | None, form: Form, setting: Setting
) -> Usage:
    """Return how a form writes a level: with a label, or bare if it has none and the examples print none.

    Args:
        kind: the level.
        printed: how the examples write it with such a value after such a level, None if none does.
        usual: the same with any value.
        form: the form that is wanted.
        setting: the archive.
    """
    assert setting.hierarchy is not None
    own = label_of(kind, form)
    if printed is None and _is_somewhere_bare(kind, setting):
        printed = Usage("")
    if printed is not None and not printed.label:
        if printed.is_signature:
            return printed
        # An archive's own form has the labels that are printed: 4. doboz, 5/a; AAN, KC PZPR.
        if own is None or (form == Form.NATIVE and usual is not None and not usual.label):
            short = label_of(kind, Form.ABBREVIATED) if form == Form.LONG else None
            return Usage(short) if short else printed
    if own:
        return Usage(own)
    native = next((level.native for level in setting.hierarchy.levels if level.native), "")
    script = script_of(native) if form == Form.NATIVE else "LATIN"
    nearest = (label_of(kind, other) for other in NEAREST[form])
    labels = (label for label in (*nearest, printed.label if printed else None, *kind.labels) if label)
    return Usage(next((label for label in labels if script_of(label) == script), any_label(kind, form)))


def _is_somewhere_bare(kind: LevelKind, setting: Setting) -> bool:
    assert setting.hierarchy is not None
    shown = _examples_show(setting.archive, setting.hierarchy, setting.registry)
    return any(key == kind.key and not usage.label for (_, key, _), usage in shown.items())


def _shape(value: str) -> str:
    """Return the form of a value: “0” for 1359, “A 0” for R 103295, “A0.0” for E1004.1."""
    return re.sub(r"\d+", "0", re.sub(r"[^\W\d_]+", "A", value))


@cache
def _examples_show(
    archive: Archive | None, hierarchy: Hierarchy, registry: Registry
) -> Mapping[tuple[str | None, str, str], Usage]:
    """Return how the examples write each level after another, those of the archive itself before all others.

    The third part of a key is the shape of the value, or empty for values of any shape.
    """
    votes: dict[tuple[str | None, str, str], Counter[Usage]] = {}
    for other in registry.archives.values():
        if other.hierarchy is hierarchy:
            weight = 100 if other is archive else 1
            for example in other.examples:
                for previous, level, usage in _observe(example, other):
                    for shape in (_shape(level.value), ""):
                        votes.setdefault((previous, level.key, shape), Counter())[usage] += weight
    return {key: _commonest(found) for key, found in votes.items()}


def _commonest(votes: Counter[Usage]) -> Usage:
    """Return the commonest usage; of two as common one that makes a signature, else one with a label."""
    return max(votes, key=lambda usage: (votes[usage], usage.is_signature, bool(usage.label)))


_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_JOINT = re.compile(r"[\s,.:;#/–—-]*")


def _observe(example: Example, archive: Archive) -> Iterator[tuple[str | None, Level, Usage]]:
    """Yield how each level of an example is written, as far as its levels follow one another in print."""
    previous: LevelKind | None = None
    end = _name_end(example.text, archive)
    for key, value in example.levels:
        kind = archive.hierarchy.by_key.get(key)
        at = example.text.find(value, end or 0)
        if previous is None and at < 0:
            # The name may be a part of the signature: IOR/L/PS/12/1993.
            end, at = None, example.text.find(value)
        if kind is None or at < 0:
            return
        after = example.text[at + len(value) :]
        usage = _between(example.text[end:at], after, previous, kind) if end is not None else None
        if usage is not None:
            yield previous.key if previous is not None else None, Level(key, value), usage
        previous, end = kind, at + len(value)


def _name_end(text: str, archive: Archive) -> int | None:
    """Return where the archive's name ends if the text opens with it, else None."""
    names = sorted((*archive.current_names, *archive.former_names), key=len, reverse=True)
    return next((len(name) for name in names if text.startswith(name)), None)


def _between(words: str, after: str, previous: LevelKind | None, kind: LevelKind) -> Usage | None:
    """Read what stands between two levels, “, ” or “/” with a label; None where it is more than that."""
    words = _BRACKETS.sub("", words)
    if previous is not None:
        words = words[len(_label_behind(words, previous)) :]
    label = _label_behind(after, kind).lstrip(" .") if kind.postfix else ""
    for known in sorted(kind.labels, key=len, reverse=True):
        bare = words.rstrip()
        if not kind.postfix and bare.endswith(known) and not bare[: -len(known)][-1:].isalnum():
            label, words = known, bare[: -len(known)]
            break
    if _JOINT.fullmatch(words) is None:
        return None
    joint = re.sub(r"\s+", " ", words)
    return Usage(label, joint if not label and joint.strip() != "," else None)


def _label_behind(words: str, kind: LevelKind) -> str:
    """Return the label of a level that the words after its value begin with: “. doboz” or nothing."""
    for label in sorted(kind.labels, key=len, reverse=True):
        match = re.match(rf"\.?\s?{re.escape(label)}(?!\w)", words)
        if match is not None and kind.postfix:
            return match.group()
    return ""
