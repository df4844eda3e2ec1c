"""``citecheck explain``: says what a rule reports and why, or how one citation is read."""

import argparse
import sys

from citecheck.cli import EXIT_CLEAN, EXIT_FAILED
from citecheck.rules import Bad, Rule, all_rules, find_rule


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument(
        "rules", nargs="*", metavar="RULE", help="codes, families or names of rules; none lists all"
    )
    parser.add_argument("--citation", metavar="TEXT", help="show how this citation is read")


def run(options: argparse.Namespace) -> int:
    """Explain a citation, the rules that are named, or list all rules."""
    if options.citation is not None:
        from citecheck.commands.parse import explain_text

        return explain_text(options.citation)
    if not options.rules:
        for rule in all_rules():
            print(f"{rule.code}  {rule.name:32} {_first_line(rule)}")
        return EXIT_CLEAN
    status = EXIT_CLEAN
    for wanted in options.rules:
        named = find_rule(wanted)
        found = (
            [named] if named is not None else [rule for rule in all_rules() if rule.family == wanted.upper()]
        )
        if not found:
            print(
                f"citecheck: there is no rule “{wanted}”; citecheck explain lists them all", file=sys.stderr
            )
            status = EXIT_FAILED
        for rule in found:
            _print_rule(rule)
    return status


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
