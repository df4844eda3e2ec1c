"""``citecheck explain``: says what a rule reports and why, or how one citation is read."""

import argparse
import json
import sys
from collections.abc import Sequence
from typing import Any

from citecheck.cli import EXIT_CLEAN, EXIT_FAILED
from citecheck.commands.declaring import add_format, describe
from citecheck.rules import Bad, Rule, all_rules, find_rule


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    describe(
        parser,
        "Says what a finding means, why it is one, and on whose authority, with examples of what is reported\n"
        "and what is not. Without a rule, all rules are listed, a line each.",
        ("explain LOC101", "explain ambiguous-ibid", "explain ARC"),
        clean="the rules are explained",
        failed="there is no such rule",
    )
    parser.add_argument(
        "rules",
        nargs="*",
        metavar="RULE",
        help="a code (LOC101), the beginning of codes (LOC, LOC1) or a rule's name",
    )
    parser.add_argument(
        "--citation", metavar="TEXT", help="show how this citation is read, as citecheck parse TEXT does"
    )
    add_format(parser, "text", "json", "jsonl")


def run(options: argparse.Namespace) -> int:
    """Explain a citation, the rules that are named, or list all rules."""
    if options.citation is not None:
        from citecheck.commands.parse import explain_text

        return explain_text(options.citation)
    if not options.rules:
        _show(all_rules(), options.format, described=False)
        return EXIT_CLEAN
    status = EXIT_CLEAN
    for wanted in options.rules:
        named = find_rule(wanted)
        found = (
            [named]
            if named is not None
            else [rule for rule in all_rules() if rule.code.startswith(wanted.upper())]
        )
        if not found:
            print(
                f"citecheck: there is no rule “{wanted}”; citecheck explain lists them all", file=sys.stderr
            )
            status = EXIT_FAILED
        _show(found, options.format, described=True)
    return status


def _show(rules: Sequence[Rule], format: str, *, described: bool) -> None:
    if format == "json":
        print(json.dumps({"rules": [rule_row(rule) for rule in rules]}, ensure_ascii=False, indent=1))
        return
    for rule in rules:
        if format == "jsonl":
            print(json.dumps(rule_row(rule), ensure_ascii=False))
        elif described:
            _print_rule(rule)
        else:
            print(f"{rule.code}  {rule.name:32} {_first_line(rule)}")


def rule_row(rule: Rule) -> dict[str, Any]:
    """Return what is to be said of a rule for other programs."""
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": str(rule.severity),
        "scope": rule.scope,
        "documentation": "\n".join(
            line.removeprefix("    ") for line in rule.documentation.strip().split("\n")
        ),
        "authority": rule.authority,
        "reported": [example.text for example in rule.examples if isinstance(example, Bad)],
        "not_reported": [example.text for example in rule.examples if not isinstance(example, Bad)],
    }


def _first_line(rule: Rule) -> str:
    return rule.documentation.strip().split("\n")[0]


def _print_rule(rule: Rule) -> None:
    print(f"{rule.code} {rule.name} ({rule.severity}, looks at one {rule.scope})\n")
    for line in rule.documentation.strip().split("\n"):
        print(line.removeprefix("    "))
    if rule.authority:
        print(f"\nAuthority: {rule.authority}")
    for example in rule.examples:
        bad = isinstance(example, Bad)
        print("\n" + ("Reported:" if bad else "Not reported:"))
        for line in example.text.strip().split("\n"):
            print(f"    {line}")
        if isinstance(example, Bad):
            print(f"  → {example.says}")
    print()
