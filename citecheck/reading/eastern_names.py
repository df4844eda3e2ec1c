"""Tells Korean, Chinese and Vietnamese names with the family name first: Suh Dae-sook, Pak Hak Soon, Mao Zedong.

A common family name alone is no evidence: Kim Philby, Lee Benson, Lin Foxhall and Jo Guldi bear it as their
given name. What stands behind it must be made of syllables of one of the three languages, as their usual
romanizations write them.
"""

import re
import unicodedata
from functools import lru_cache

# The surnames that most Koreans, Chinese and Vietnamese bear, in the usual romanizations.
_SURNAMES = frozenset(
    """kim lee yi rhee ri pak park bak paek baek baik back choe choi chong jeong jung chung cho jo kang
    gang yun yoon chang jang im lim rim han o oh so suh seo sin shin kwon hwang an ahn song yu yoo
    ryu hong chon jeon chun ko koh go mun moon yang son sohn pae bae no noh roh ro ho hur heo nam
    sim shim ha chu joo ku koo kwak ch'oe paik pang hyon hyun min chin ryang myong mao zhou chou liu
    deng teng zhu chu peng wang li zhang chen lin huang wu xu sun ma hu guo he gao luo zheng liang
    xie tang deng feng yu dong xiao cheng cao yuan shen zhai qiang niu ye pan yao nguyen nguyễn tran
    trần le lê pham phạm hoang hoàng huynh phan vu vũ vo võ dang đặng bui bùi do đỗ ngo ngô duong
    dương truong ly ton xia xue jiang jin jia tian ren fan fang shi liao zou xiong bai meng qin qiu hou yin
    lei hao gong shao wan qian dai yan kong lü lu cai zeng zhong wei du tao mei kang chiang hsu hsieh hsia tsai
    ts'ai tseng chien kuo yeh t'ang""".split()  # noqa: SIM905
)
_VIETNAMESE_SURNAMES = frozenset(
    "nguyen tran le pham hoang huynh phan vu vo dang bui do ngo duong truong ly ton".split()  # noqa: SIM905
)

# A syllable of Pinyin; Wade–Giles shares most of them, and adds its own signs.
_CHINESE = re.compile(
    r"(?:(?:[bpmfwy]|wh)o"
    r"|(?:[zcs]h|ts|tz|hs|[bpmfdnjqxrzcsywghk]'?)?(?:en|eng)|[tl]'?eng"
    r"|(?:[zcs]h'?|ts'?|tz'?|hs|[bpmfdtnlgkhjqxrzcsyw]'?)?(?:iung|iang|iong|uang|ang|ing|ong|ung|iao|ieh|ueh|uai|uan|uei"
    r"|üan|ian|ien|ia|ie|iu|in|ün|un|ai|ei|ew|ao|ou|an|ih|eh|ua|ue|üe|uo|ui|a|e|i|u|ü))"
)
# A syllable of Korean, in the romanizations of McCune and Reischauer, of the Republic, and those of their bearers.
_KOREAN = re.compile(
    r"(?:kk|gw|kw|tt|pp|ss|sh|jj|ch|hw|[kgnrlmbpsjhdt])?'?"
    r"(?:(?:yae|yeo|yŏ|wae|eui|yoo|you|ae|ah|ai|eo|eu|oe|oo|ou|ee|ya|yo|yu|wa|wo|wŏ|a|o|ŏ|u|ŭ|(?<![dt])i)"
    r"(?:ck|ng|ll|[kgnlmpbth])?|ye|wi|we|ui|e)"
)
# What English names that happen to divide into Korean syllables have not: Mason, Nolan, Honan, Harlan.
_DISTINCTLY_KOREAN = re.compile(r"ng|[jhkgmnpbr]y|y[oe]o|oo|eu|eo|ae|[kgh]w|[ŏŭ']|ch[ou]|j[uo]n")
_VIETNAMESE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnrstvx])?[aeiouy]{1,3}(?:ch|nh|ng|[cmnpt])?"
)


def is_eastern_surname(word: str) -> bool:
    """Tell whether a word is a common Korean, Chinese or Vietnamese family name."""
    return word.lower().replace("’", "'") in _SURNAMES


def begins_with_family(words: list[str]) -> bool:
    """Tell whether the family name stands first in the words of a name, as those languages have it.

    A name that begins with a family name and ends with one as well (Jung Chang) may be either.
    """
    if not is_eastern_surname(words[0]) or not 2 <= len(words) <= 4:
        return False
    given = words[1:]
    if "-" in words[-1] and len(given) == 1:
        parts = words[-1].split("-")
        # Romanizations have a small letter behind the hyphen: Lee Chong-sik, not Lee Anne-Marie.
        return parts[1][:1].islower() or _is_eastern_given(words[0], tuple(parts))
    if is_eastern_surname(words[-1]) or any("." in word for word in words):
        return False
    return _is_eastern_given(words[0], tuple(given))


@lru_cache(maxsize=1 << 12)
def _is_eastern_given(surname: str, given: tuple[str, ...]) -> bool:
    """Tell whether given names are syllables of one language."""
    marked = any(not word.isascii() for word in (surname, *given))
    words = [word.lower().replace("’", "'").replace("ʼ", "'").replace("‘", "'") for word in given]
    if surname == "Le" and not marked and len(words) == 1:
        # Neither Le Goff nor Le Pen is Vietnamese: one syllable behind a French article says nothing.
        return False
    if _bare(surname) in _VIETNAMESE_SURNAMES and all(_VIETNAMESE.fullmatch(_bare(word)) for word in words):
        return True
    syllables = [part for word in words for part in word.split("-")]
    if len(syllables) > 1:
        return any(all(kind.fullmatch(each) for each in syllables) for kind in (_CHINESE, _KOREAN))
    (word,) = syllables
    return any(_divides(word, _CHINESE)) or (
        _DISTINCTLY_KOREAN.search(word) is not None and any(_divides(word, _KOREAN))
    )


def _divides(word: str, kind: re.Pattern[str]) -> list[bool]:
    """Say of each way to divide a word into no more than two syllables whether both are such; one may be empty."""
    return [
        kind.fullmatch(word[:place]) is not None
        and (place == len(word) or kind.fullmatch(word[place:]) is not None)
        for place in range(1, len(word) + 1)
    ]


def _bare(word: str) -> str:
    """Return a word in small letters without accents: Vietnamese has them on all vowels."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
