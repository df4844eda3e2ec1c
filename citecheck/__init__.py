"""citecheck verifies the citations and footnotes of historians' manuscripts."""
