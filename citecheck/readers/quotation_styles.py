"""What word processors call their paragraph styles for long quotations."""

import re

# Word names its styles in the language of whoever installed it, OpenDocument in English with “_20_” for a space.
_QUOTATION = re.compile(r"quot|block_?(?:20_)?text|zitat|citat|citaç|idézet|цитат", re.IGNORECASE)


def names_quotation(style: str) -> bool:
    """Tell whether a style is called so: Quote, BlockText, Quotations, Zitat, Citation, Idézet."""
    return _QUOTATION.search(style) is not None
