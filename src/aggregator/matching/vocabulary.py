"""Words by what they do in a news text: bind, count, deny, date, announce a live page.

Plain lists, in Italian, English, German, French and Spanish, the languages of the wires that we
know; all folded as `tokens.fold` folds.
"""

from __future__ import annotations

FUNCTION_WORDS = frozenset(
    """
    a ad agli ai al alla alle allo anche c che chi ci come con cosi cui d da dagli dai dal dalla
    dalle dallo degli dei del dell della delle dello di dopo e ed era essere fa fra gli ha hanno i
    il in io l la le lo loro ma nel nella nelle negli nei nello non o ogni per perche piu poi prima
    quando quella quelle quelli quello questa queste questi questo s se si sono stata state stati
    stato su sua sue sui sul sulla sulle sullo suo suoi tra tutti un una uno
    about after all also an and are as at be been before but by can could for from had has have he
    her his how into is it its more most new no not now of on one or our out over said says she so
    some t than that the their them there they this to up was we were what when which who will with
    would you your
    aber als am an auch auf aus bei bis das dass dem den der des die durch ein eine einem einen
    einer er es fur hat im ist kein mit nach nicht nur oder sein sich sie sind so uber um und vom
    von vor war wegen werden wie wird zu zum zur
    au aux avec c ce ces cette dans de des deux du elle en est et etre il ils la les leur mais ne ou
    par pas plus pour qu que qui sa ses son sont sur un une
    como con de del desde el ella en entre es esta este ha han la las lo los mas no para pero por
    que se sin sobre su sus un una y ya
    """.split()  # noqa: SIM905 - prose wraps, lists do not
)

# Figures that are written out; one is an article in most of these languages and says nothing.
NUMBERS = {
    word: str(value)
    for value, words in {
        2: "due two zwei deux dos",
        3: "tre three drei trois tres",
        4: "quattro four vier quatre cuatro",
        5: "cinque five funf cinq cinco",
        6: "sei six sechs seis",
        7: "sette seven sieben sept siete",
        8: "otto eight acht huit ocho",
        9: "nove nine neun nueve",
        10: "dieci ten zehn dix diez",
        11: "undici eleven elf onze once",
        12: "dodici twelve zwolf douze doce",
        13: "tredici thirteen",
        14: "quattordici fourteen",
        15: "quindici fifteen",
        20: "venti twenty zwanzig vingt veinte",
    }.items()
    for word in words.split()
}

NEGATIONS = frozenset(
    """non nessun nessuna nessuno senza mai neppure nemmeno not no never without none neither nor
    cannot nicht kein keine keinen ohne nie pas jamais aucun aucune sans nunca ningun ninguna sin
    """.split()  # noqa: SIM905
)

# What a byline begins with.
BY = frozenset({"by", "from", "di", "da", "von", "par", "por"})
# An article before one of these is a number: `un morto`, `one dead`, `ein Toter`.
ONE = frozenset({"un", "uno", "una", "one", "a", "an", "ein", "eine", "une"})
# Stems, of four letters, of what is counted in every toll.
TOLL = frozenset(
    """mort vitt feri dece arre disp dead deat kill vict inju woun miss hurt tote verl opfe bles
    bless muer heri vict disa""".split()  # noqa: SIM905
)
# Stems of measures: a text gives many lengths, sums and shares, each of another thing.
MEASURES = frozenset(
    """mili bili mill euro doll ster poun yen per perc cent anni anno year mesi mese mont gior days
    day ore ora hour minu seco sett week metr chil kilo mete mile cent grad degr punt poin volt time
    jahr tage stun woch proz ans jour heur mois semai kilom anos dias hora mill mrd mio pagi page
    """.split()  # noqa: SIM905
)

# Days and months: two pieces that differ only in one of these are about two days.
DATES = frozenset(
    """lunedi martedi mercoledi giovedi venerdi sabato domenica
    monday tuesday wednesday thursday friday saturday sunday
    montag dienstag mittwoch donnerstag freitag samstag sonntag
    lundi mardi mercredi jeudi vendredi samedi dimanche
    lunes martes miercoles jueves viernes domingo
    gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
    january february march april june july august september october november december
    januar februar marz juni juli oktober dezember
    janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
    enero febrero abril mayo junio julio septiembre octubre noviembre diciembre
    """.split()  # noqa: SIM905
)
