"""Language marks, made one."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.text import language


@pytest.mark.parametrize(
    ("mark", "normal"),
    [
        *((mark, "it") for mark in ("it", "IT", "it-IT", "it_it", "ita", "Italian", "Italiano")),
        *((mark, "en") for mark in ("en-us", "EN_GB", "eng", "English", " en ")),
        *((mark, "fr") for mark in ("fr", "fre", "fra", "Français")),
        *((mark, "de") for mark in ("de-AT", "ger", "Deutsch")),
        ("zh-Hans-CN", "zh"),
        ("iw", "he"),
        ("fil-PH", "fil"),
    ],
)
def test_marks_of_one_language_are_one(mark: str, normal: str) -> None:
    assert language.normalise(mark) == normal


@pytest.mark.parametrize(
    "mark", [None, "", "und", "mul", "x-default", "zxx", "1", "e", "klingonish"]
)
def test_a_mark_of_no_language_is_none(mark: str | None) -> None:
    assert language.normalise(mark) is None


@given(st.text(max_size=12))
def test_a_normal_mark_stays_as_it_is(text: str) -> None:
    normal = language.normalise(text)
    assert normal is None or language.normalise(normal) == normal


# One short item of each language: what a portal might print, in our own words.
TEXTS = {
    "it": "Il consiglio comunale approva il bilancio: più fondi per le scuole",
    "en": "Council approves its budget after a long night of talks on school funding",
    "de": "Stadtrat beschließt den Haushalt nach langer Nacht und gibt mehr Geld für Schulen",
    "fr": "Le conseil municipal vote le budget après une longue nuit de débats sur les écoles",
    "es": "El ayuntamiento aprueba el presupuesto tras una larga noche sobre las escuelas",
    "pt": "A câmara aprova o orçamento depois de uma longa noite de debate sobre as escolas",
    "nl": "De gemeenteraad keurt de begroting goed na een lange nacht over het onderwijs",
    "ca": "L'ajuntament aprova el pressupost després d'una nit molt llarga amb els partits",
    "ro": "Consiliul local a aprobat bugetul după o noapte lungă, mai mulți bani pentru școli",
    "pl": "Rada miasta przyjęła budżet po długiej nocy, więcej pieniędzy będzie dla szkół",
    "cs": "Zastupitelé po dlouhé noci schválili rozpočet, více peněz bude pro školy ve městě",
    "sk": "Poslanci po dlhej noci schválili rozpočet, viac peňazí bude pre školy v meste",
    "sl": "Mestni svet je po dolgi noči potrdil proračun, več denarja bo za šole in vrtce",
    "hu": "A városi közgyűlés elfogadta a költségvetést, több pénz lesz az iskolákra is",
    "sv": "Kommunen röstade efter en lång natt för budgeten, och skolorna får mer pengar än i år",
    "fi": "Valtuusto hyväksyi talousarvion pitkän yön jälkeen, ja koulut saavat nyt enemmän rahaa",
    "et": "Volikogu võttis pärast pikka ööd vastu eelarve, koolid saavad nüüd rohkem raha kui eile",
    "lv": "Dome pēc garas nakts ir apstiprinājusi budžetu, un skolas šogad saņems vairāk naudas",
    "lt": "Taryba po ilgos nakties patvirtino biudžetą, todėl mokyklos šiemet gaus daugiau pinigų",
    "sq": "Këshilli miratoi buxhetin pas një nate të gjatë dhe shkollat do të kenë më shumë para",
    "tr": "Belediye meclisi uzun bir gecenin ardından bütçeyi kabul etti, okullar için çok para",
    "el": "Το δημοτικό συμβούλιο ενέκρινε τον προϋπολογισμό μετά από μια μεγάλη νύχτα",
    "ru": "Городской совет после долгой ночи принял бюджет, школы получат больше денег, чем раньше",
    "uk": "Міська рада після довгої ночі ухвалила бюджет, школи цього року матимуть більше грошей",
    "bg": "Общинският съвет прие бюджета след дълга нощ, училищата ще получат повече пари",
    "he": "מועצת העיר אישרה את התקציב אחרי לילה ארוך של דיונים",
    "ar": "وافق مجلس المدينة على الميزانية بعد ليلة طويلة من النقاش حول المدارس",
    "ja": "市議会は長い議論の末、学校のための予算を可決した",
    "zh": "市议会经过长时间讨论后通过了学校预算",
    "ko": "시의회는 긴 논의 끝에 학교 예산을 통과시켰다",
}
MAJOR = ("it", "en", "de", "fr", "es", "pt", "nl")


@pytest.mark.parametrize("spoken", TEXTS)
def test_rule_077_the_language_of_an_unmarked_text_is_read_from_its_words(spoken: str) -> None:
    assert language.settle(TEXTS[spoken]) == spoken


@pytest.mark.parametrize("spoken", TEXTS)
@pytest.mark.parametrize("mark", MAJOR)
def test_rule_077_a_wrong_mark_does_not_stand_against_a_plain_text(mark: str, spoken: str) -> None:
    text = f"{TEXTS[spoken]}\n{TEXTS[spoken]}"
    assert language.settle(text, (mark,)) == spoken


@pytest.mark.parametrize(
    ("title", "mark"),
    [
        pytest.param("Ponte riaperto", "en", id="two words"),
        pytest.param("Real Madrid - Bayern München 2-1", "it", id="names"),
        pytest.param("«The Last of the Few», il film che divide la critica", "it", id="film"),
        pytest.param("Black Friday, le offerte migliori", "it", id="a loan"),
        pytest.param("Il Divo: live at the Royal Albert Hall", "it", id="a band"),
        pytest.param("Juventus beat Inter", "it", id="short and foreign"),
        pytest.param("Coronavirus: 12.345 (+123)", "de", id="figures"),
        pytest.param("", "fr", id="nothing"),
        pytest.param("🚨🚨🚨", "es", id="pictures"),
    ],
)
def test_rule_077_a_mark_stands_where_the_text_leaves_doubt(title: str, mark: str) -> None:
    assert language.settle(title, (mark,)) == mark


@pytest.mark.parametrize(
    "text", ["", "2-1", "Ponte", "NATO", "Real Madrid", "🚨", "a e i o", "Roma-Milano"]
)
def test_rule_077_without_a_mark_doubt_is_admitted(text: str) -> None:
    assert language.settle(text) is None


@pytest.mark.parametrize(
    ("text", "marks", "found"),
    [
        pytest.param("Riaperto il ponte sul fiume", ("en-US", None, "it"), "it", id="a default"),
        pytest.param("The bridge is open again", ("en-US", None, "it"), "en", id="the item's"),
        pytest.param("Pisa 2-1", ("en-US", None, "it"), "en", id="the nearest"),
        pytest.param("Uno", ("de", "it"), "de", id="one word is too few"),
        pytest.param("Pisa 2-1", (None, "", "it"), "it", id="the only one"),
        pytest.param("Pisa 2-1", ("und", "de"), "de", id="one that says something"),
    ],
)
def test_rule_077_of_marks_that_disagree_the_text_chooses(
    text: str, marks: tuple[str | None, ...], found: str
) -> None:
    assert language.settle(text, marks) == found


@pytest.mark.parametrize(
    ("spoken", "mark"),
    [("da", "nb"), ("no", "da"), ("sl", "sr"), ("pt", "gl"), ("bg", "mk")],
)
def test_a_mark_of_close_kin_stands(spoken: str, mark: str) -> None:
    text = TEXTS.get(spoken, "Kommunen har stemt for budsjettet etter en lang natt med møter")
    assert language.settle(f"{text}\n{text}", (mark,)) == mark


def test_a_mark_of_a_language_that_we_do_not_know_stands() -> None:
    assert language.settle(f"{TEXTS['it']} {TEXTS['it']}", ("co",)) == "co"


def test_letters_composed_in_two_ways_are_the_same() -> None:
    apart = unicodedata.normalize("NFD", TEXTS["fr"])
    assert language.settle(apart, ("en",)) == language.settle(TEXTS["fr"], ("en",)) == "fr"


@given(st.text(max_size=400), st.lists(st.sampled_from([None, "it", "en-GB", "eo", "?"])))
def test_rule_077_any_text_has_a_language_or_none(text: str, marks: list[str | None]) -> None:
    found = language.settle(text, marks)
    assert found == language.normalise(found)
    assert found is not None or not any(map(language.normalise, marks))


@given(st.lists(st.sampled_from(TEXTS["it"].split()), min_size=1), st.sampled_from(MAJOR))
def test_rule_077_a_mark_that_the_words_agree_with_is_kept(words: list[str], mark: str) -> None:
    text = " ".join(words)
    assert language.settle(text, ("it",)) == "it"
    assert language.settle(text, (mark, "it")) in {mark, "it"}


@given(
    st.lists(st.sampled_from([*" ".join(TEXTS.values()).split(), "NATO", "2-1"]), max_size=40),
    st.lists(st.sampled_from([None, *TEXTS, "eo"])),
)
def test_rule_077_what_is_settled_stays_settled(words: list[str], marks: list[str | None]) -> None:
    text = " ".join(words)
    found = language.settle(text, marks)
    assert language.settle(text, (found,)) == found
