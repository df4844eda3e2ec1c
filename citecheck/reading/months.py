"""The names of the months, in the languages and transliterations in which historians date documents.

Each line of the table gives a language its twelve months, several forms of one joined by strokes: the cases
that dates use, then the usual abbreviations. Cyrillic names are transliterated here by the systems of
the Library of Congress, of BGN/PCGN and of ISO 9, and as Slavists write; names with marks on their letters are known
without the marks too.
"""

import unicodedata
from collections.abc import Iterator, Mapping

import attrs


@attrs.frozen
class _Language:
    """A language's months, in order.

    ``ordinal`` is True where the day stands with a full stop (4. lipnja 1956), False where it stands without one
    (4 lipca 1956), None where both are usual.
    """

    months: str
    ordinal: bool | None = None
    script: str = ""
    """For names in Cyrillic letters, the language whose transliteration they follow."""


_LANGUAGES = (
    _Language(
        "january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sept/sep"
        " october/oct november/nov december/dec"
    ),
    _Language(
        "januar/jänner/jan februar/feber/feb märz/maerz/mär/mrz april mai juni/jun juli/jul august/aug"
        " september/sept/sep oktober/okt november/nov dezember/dez"
    ),
    # Dutch, Danish, Norwegian, Swedish
    _Language(
        "januari februari maart/mrt april mei juni juli augustus september oktober/okt november december"
    ),
    _Language("januar februar marts april maj/mai juni juli august september oktober november december/desember"),
    _Language("januari februari mars april maj juni juli augusti september oktober november december"),
    _Language(
        "janvier/janv/jan février/fevrier/févr/fév mars avril/avr mai juin juillet/juil août/aout septembre/sept"
        " octobre/oct novembre/nov décembre/déc"
    ),
    _Language(
        "gennaio/genn/gen febbraio/febb/feb marzo/mar aprile/apr maggio/magg giugno/giu luglio/lug agosto/ago"
        " settembre/sett ottobre/ott novembre/nov dicembre/dic"
    ),
    _Language(
        "enero/ene febrero marzo abril/abr mayo junio julio agosto/ago septiembre/setiembre octubre noviembre"
        " diciembre"
    ),
    _Language(
        "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"
    ),
    _Language(
        "ianuarie/ian februarie martie aprilie mai iunie/iun iulie/iul august septembrie octombrie"
        " noiembrie/noi decembrie"
    ),
    _Language(
        "janar/janarit shkurt/shkurtit mars/marsit prill/prillit maj/majit qershor/qershorit korrik/korrikut"
        " gusht/gushtit shtator/shtatorit tetor/tetorit nëntor/nëntorit dhjetor/dhjetorit"
    ),
    _Language(
        "styczeń/stycznia/styczniu/stycz luty/lutego/lutym marzec/marca/marcu kwiecień/kwietnia/kwietniu/kwiec"
        " maj/maja/maju czerwiec/czerwca/czerwcu/czerw lipiec/lipca/lipcu/lip sierpień/sierpnia/sierpniu/sierp"
        " wrzesień/września/wrześniu/wrzes październik/października/październiku/paźdz"
        " listopad/listopada/listopadzie/listop grudzień/grudnia/grudniu/grudz",
        ordinal=False,
    ),
    _Language(
        "leden/ledna/lednu únor/února/únoru březen/března/březnu duben/dubna/dubnu květen/května/květnu"
        " červen/června/červnu červenec/července/červenci srpen/srpna/srpnu září říjen/října/říjnu"
        " listopad/listopadu prosinec/prosince/prosinci",
        ordinal=True,
    ),
    _Language(
        "január/januára/januári február/februára/februári marec/marca/marci apríl/apríla/apríli máj/mája/máji"
        " jún/júna/júni júl/júla/júli august/augusta/auguste september/septembra/septembri október/októbra/októbri"
        " november/novembra/novembri december/decembra/decembri",
        ordinal=True,
    ),
    _Language(
        "siječanj/siječnja/siječnju veljača/veljače/veljači ožujak/ožujka/ožujku travanj/travnja/travnju"
        " svibanj/svibnja/svibnju lipanj/lipnja/lipnju srpanj/srpnja/srpnju kolovoz/kolovoza/kolovozu"
        " rujan/rujna/rujnu listopad/listopada studeni/studenoga/studenog/studenom"
        " prosinac/prosinca/prosincu",
        ordinal=True,
    ),
    _Language(
        "januar/januarja februar/februarja marec/marca april/aprila maj/maja junij/junija julij/julija"
        " avgust/avgusta september/septembra oktober/oktobra november/novembra december/decembra",
        ordinal=True,
    ),
    _Language(
        "јануар/јануара/јан фебруар/фебруара/феб март/марта/мар април/априла/апр мај/маја јун/јуна/јуни јул/јула/јули"
        " август/августа/авг септембар/септембра/септ октобар/октобра/окт новембар/новембра/нов"
        " децембар/децембра/дец",
        ordinal=True,
        script="serbian",
    ),
    _Language(
        "јануари февруари март април мај јуни јули август септември октомври ноември декември",
        script="serbian",
    ),
    _Language(
        "януари февруари март април май юни юли август септември октомври ноември декември", script="bulgarian"
    ),
    _Language(
        "январь/января/январе/янв февраль/февраля/феврале/февр/фев март/марта/марте/мар апрель/апреля/апреле/апр"
        " май/мая/мае июнь/июня/июне/июн июль/июля/июле/июл август/августа/августе/авг"
        " сентябрь/сентября/сентябре/сент/сен октябрь/октября/октябре/окт ноябрь/ноября/ноябре/нояб/ноя"
        " декабрь/декабря/декабре/дек",
        ordinal=False,
        script="russian",
    ),
    _Language(
        "січень/січня/січні/січ лютий/лютого/лютому/лют березень/березня/березні/бер квітень/квітня/квітні/квіт"
        " травень/травня/травні/трав червень/червня/червні/черв липень/липня/липні/лип"
        " серпень/серпня/серпні/серп вересень/вересня/вересні/верес жовтень/жовтня/жовтні/жовт"
        " листопад/листопада/листопаді/лист грудень/грудня/грудні/груд",
        ordinal=False,
        script="ukrainian",
    ),
    _Language(
        "студзень/студзеня люты/лютага сакавік/сакавіка красавік/красавіка май/мая/травень/траўня"
        " чэрвень/чэрвеня ліпень/ліпеня жнівень/жніўня верасень/верасня кастрычнік/кастрычніка"
        " лістапад/лістапада снежань/снежня",
        ordinal=False,
        script="belarusian",
    ),
    _Language(
        "sausis/sausio vasaris/vasario kovas/kovo balandis/balandžio gegužė/gegužės birželis/birželio liepa/liepos"
        " rugpjūtis/rugpjūčio rugsėjis/rugsėjo spalis/spalio lapkritis/lapkričio gruodis/gruodžio"
    ),
    _Language(
        "janvāris/janvāra/janvārī februāris/februāra/februārī marts/marta/martā aprīlis/aprīļa/aprīlī"
        " maijs/maija/maijā jūnijs/jūnija/jūnijā jūlijs/jūlija/jūlijā augusts/augusta/augustā"
        " septembris/septembra/septembrī oktobris/oktobra/oktobrī novembris/novembra/novembrī"
        " decembris/decembra/decembrī"
    ),
    _Language(
        "jaanuar/jaanuari/jaanuaril veebruar/veebruari/veebruaril märts/märtsi/märtsil aprill/aprilli/aprillil"
        " mai juuni/juunil juuli/juulil august/augusti/augustil september/septembri/septembril"
        " oktoober/oktoobri/oktoobril november/novembri/novembril detsember/detsembri/detsembril"
    ),
    _Language(
        "tammikuu/tammikuuta/tammikuun helmikuu/helmikuuta/helmikuun maaliskuu/maaliskuuta/maaliskuun"
        " huhtikuu/huhtikuuta/huhtikuun toukokuu/toukokuuta/toukokuun kesäkuu/kesäkuuta/kesäkuun"
        " heinäkuu/heinäkuuta/heinäkuun elokuu/elokuuta/elokuun syyskuu/syyskuuta/syyskuun"
        " lokakuu/lokakuuta/lokakuun marraskuu/marraskuuta/marraskuun joulukuu/joulukuuta/joulukuun"
    ),
    _Language(
        "január/jan február/febr/feb március/márc/mar április/ápr május/máj június/jún július/júl augusztus/aug"
        " szeptember/szept október/okt november/nov december/dec"
    ),
    _Language(
        "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık"
    ),
    # Azerbaijani
    _Language("yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr"),
)  # fmt: skip

# Letter by letter, what differs between the systems; the soft sign at a month's end may stand as an apostrophe.
_SHARED_LETTERS = dict(zip("абвгдезиіїјклмнопрстуфьыэ", "abvgdeziiijklmnoprstuf\0ye", strict=True)) | {
    "ь": ""
}
_SYSTEMS: tuple[Mapping[str, str], ...] = (
    # Library of Congress; Ukraine's own is the same in these words.
    {"ж": "zh", "й": "i", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "ю": "iu", "я": "ia", "ў": "u"},
    # BGN/PCGN
    {"ж": "zh", "й": "y", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "ю": "yu", "я": "ya", "ў": "w"},
    # ISO 9
    {"ж": "ž", "й": "j", "х": "h", "ц": "c", "ч": "č", "ш": "š", "ю": "û", "я": "â", "ў": "ŭ", "і": "ì"},
    # that of the Slavists
    {"ж": "ž", "й": "j", "х": "ch", "ц": "c", "ч": "č", "ш": "š", "ю": "ju", "я": "ja", "ў": "ŭ"},
)
_SCRIPTS: Mapping[str, Mapping[str, str]] = {
    "russian": {},
    "bulgarian": {},
    "serbian": {},
    "ukrainian": {"и": "y", "г": "h"},
    "belarusian": {"г": "h"},
}
# June and July as Russianists write them without a system.
_LOOSE_RUSSIAN = {6: "iunia iunya iyunia yunya", 7: "iulia iulya iyulia yulya"}


def _forms(language: _Language) -> Iterator[tuple[str, int]]:
    """Yield a language's names of months with their numbers, transliterations and bare letters among them."""
    for number, forms in enumerate(language.months.split(), start=1):
        for name in forms.split("/"):
            yield name, number
            if not language.script and len(name) > 4:
                yield _without_marks(name), number
            elif language.script and (len(name) > 4 or name in _WHOLE_SHORT_NAMES):
                for system in _SYSTEMS:
                    letters = _SHARED_LETTERS | dict(system) | dict(_SCRIPTS[language.script])
                    yield "".join(letters.get(letter, "") for letter in name), number


# Short, but no abbreviations, which are not transliterated: “ian” and “mar” are words of many languages.
_WHOLE_SHORT_NAMES = frozenset(("май", "мая", "мај", "маја", "юни", "юли", "июня", "июль", "июнь", "июля"))


def _without_marks(name: str) -> str:
    bare = "".join(
        letter for letter in unicodedata.normalize("NFD", name) if not unicodedata.combining(letter)
    )
    return bare.replace("ı", "i")


def _gather() -> dict[str, frozenset[tuple[int, bool | None]]]:
    found: dict[str, set[tuple[int, bool | None]]] = {}
    for language in _LANGUAGES:
        for name, number in _forms(language):
            found.setdefault(name, set()).add((number, language.ordinal))
    for number, names in _LOOSE_RUSSIAN.items():
        for name in names.split():
            found.setdefault(name, set()).add((number, False))
    return {name: frozenset(meanings) for name, meanings in found.items()}


_MEANINGS = _gather()


def month_number(word: str, *, ordinal: bool | None = None) -> int | None:
    """Return which month a word names, 1 to 12; None where that is uncertain, or where it names none.

    Args:
        word: the name or its abbreviation, with or without a full stop behind it.
        ordinal: whether the day before it stands with a full stop; None where no day does. It tells Croatian
            5. listopada, in October, from Polish 5 listopada, in November.
    """
    meanings = _MEANINGS.get(_plain(word), frozenset())
    numbers = {number for number, _ in meanings}
    if len(numbers) > 1 and ordinal is not None:
        numbers = {number for number, stopped in meanings if stopped is None or stopped == ordinal}
    return numbers.pop() if len(numbers) == 1 else None


def is_month(word: str) -> bool:
    """Tell whether a word, perhaps with a capital or a full stop, names a month."""
    return word[1:] == word[1:].lower() and _plain(word) in _MEANINGS


def _plain(word: str) -> str:
    """Return a month's word as the table has it, without the sign of stress and the ties of librarians."""
    return word.rstrip(".'’ʹʼ").lower().replace("\u0301", "").replace("\u0361", "")
