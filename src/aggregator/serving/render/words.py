"""The words of our pages, in English and Italian, and how each language writes a time.

One table, so that no sentence hides in a template; a test holds both languages to the same keys.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

LANGUAGES = ("en", "it")

WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "skip": "Skip to the news",
        "feeds": "Feeds",
        "status": "Status",
        "all_feeds_opml": "All feeds (OPML)",
        "latest": "Latest",
        "more": "All of {title}",
        "nothing": "Nothing here yet. The first items appear when a source has answered.",
        "no_feeds": "No feeds are configured yet.",
        "copies_one": "1 more outlet",
        "copies": "{n} more outlets",
        "subscribe": "Subscribe",
        "sources": "Sources",
        "updated": "Updated {time}",
        "revised": "revised {time}",
        "utc": "All times are UTC.",
        "read_at": "Read it at {name}",
        "who_carries": "Who carries it",
        "outlet": "Outlet",
        "title": "Title",
        "published": "Published",
        "undated": "first seen {time}, no date given",
        "unlisted": "no longer listed by the outlet",
        "earlier": "Earlier versions",
        "until": "until {time}",
        "why_one": "Why these are one text",
        "why_alone": "No other copy of this text has been seen.",
        "evidence": "Evidence",
        "score": "Score",
        "between": "Between",
        "appears_in": "Appears in",
        "appears_nowhere": "No feed holds it at present.",
        "leads_with": "led by {name}",
        "withdrawn": "Withdrawn",
        "withdrawn_text": "This article was withdrawn on {time} and is shown nowhere.",
        "state": "State",
        "state_ok": "ok",
        "state_odd": "ok, with findings",
        "state_failing": "failing",
        "state_waiting": "not polled yet",
        "state_off": "switched off",
        "in_a_row": "{n} in a row",
        "last_poll": "Last poll",
        "last_new": "Last new entry",
        "next_poll": "Next poll",
        "result": "Result",
        "entries": "Entries",
        "newest": "Newest",
        "items": "Items",
        "changed": "Changed",
        "generation": "Generation",
        "feed": "Feed",
        "source": "Source",
        "facts": "Counts",
        "never": "never",
        "agency": "agency",
        "portal": "portal",
        "now_at": "answers at {url}",
        "back": "To the front page",
        "e404": "Not found",
        "e404_text": "There is nothing at this address.",
        "e405": "Method not allowed",
        "e405_text": "This service is read with GET and HEAD.",
        "e500": "Something went wrong",
        "e500_text": "The fault has been noted. Please try again later.",
        "e503": "Not ready",
        "e503_text": "The news cannot be read at this moment. Please try again shortly.",
    },
    "it": {
        "skip": "Vai alle notizie",
        "feeds": "Feed",
        "status": "Stato",
        "all_feeds_opml": "Tutti i feed (OPML)",
        "latest": "Ultime",
        "more": "Tutto {title}",
        "nothing": "Ancora nulla. Le prime notizie arrivano quando una fonte ha risposto.",
        "no_feeds": "Nessun feed è ancora configurato.",
        "copies_one": "un'altra testata",
        "copies": "altre {n} testate",
        "subscribe": "Abbonati",
        "sources": "Fonti",
        "updated": "Aggiornato {time}",
        "revised": "rivisto {time}",
        "utc": "Tutti gli orari sono UTC.",
        "read_at": "Leggi su {name}",
        "who_carries": "Chi lo pubblica",
        "outlet": "Testata",
        "title": "Titolo",
        "published": "Pubblicato",
        "undated": "visto per la prima volta {time}, senza data",
        "unlisted": "non più elencato dalla testata",
        "earlier": "Versioni precedenti",
        "until": "fino a {time}",
        "why_one": "Perché sono un solo testo",
        "why_alone": "Di questo testo non si è vista nessun'altra copia.",
        "evidence": "Prova",
        "score": "Punteggio",
        "between": "Tra",
        "appears_in": "Compare in",
        "appears_nowhere": "Al momento nessun feed lo contiene.",
        "leads_with": "con il testo di {name}",
        "withdrawn": "Ritirato",
        "withdrawn_text": "Questo articolo è stato ritirato {time} e non compare più.",
        "state": "Stato",
        "state_ok": "a posto",
        "state_odd": "a posto, con rilievi",
        "state_failing": "in errore",
        "state_waiting": "non ancora letto",
        "state_off": "spento",
        "in_a_row": "{n} di fila",
        "last_poll": "Ultima lettura",
        "last_new": "Ultima novità",
        "next_poll": "Prossima lettura",
        "result": "Esito",
        "entries": "Voci",
        "newest": "Più recente",
        "items": "Notizie",
        "changed": "Cambiato",
        "generation": "Generazione",
        "feed": "Feed",
        "source": "Fonte",
        "facts": "Conteggi",
        "never": "mai",
        "agency": "agenzia",
        "portal": "portale",
        "now_at": "risponde a {url}",
        "back": "Alla prima pagina",
        "e404": "Non trovato",
        "e404_text": "A questo indirizzo non c'è nulla.",
        "e405": "Metodo non ammesso",
        "e405_text": "Questo servizio si legge con GET e HEAD.",
        "e500": "Qualcosa è andato storto",
        "e500_text": "Il guasto è stato annotato. Riprova più tardi.",
        "e503": "Non pronto",
        "e503_text": "In questo momento le notizie non si possono leggere. Riprova tra poco.",
    },
}

_MONTHS = {
    "en": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    "it": ["gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic"],
}


def date_and_time(when: datetime, language: str) -> str:
    """`12 Mar 2026, 10:05`; the time must be in UTC already."""
    return f"{when.day} {_MONTHS[language][when.month - 1]} {when.year}, {when:%H:%M}"


def brief(when: datetime, language: str, today: datetime | None) -> str:
    """As short as it stays clear beside `today`: `10:05`, `12 Mar, 10:05`, or with the year."""
    if today is None:
        return date_and_time(when, language)
    if when.date() == today.date():
        return f"{when:%H:%M}"
    if when.year == today.year:
        return f"{when.day} {_MONTHS[language][when.month - 1]}, {when:%H:%M}"
    return date_and_time(when, language)
