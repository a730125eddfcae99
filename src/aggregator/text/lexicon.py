"""What tells one language from another at a glance: small words, endings, letters, scripts.

Written by hand, from what anybody knows who reads them: words that bind, and those that headlines
are made of, which leave the small ones out. A word that several languages have stands with each, so
that it weighs for none of them. Lower case, with accents; elisions keep the apostrophe (`dell'`).
"""

from __future__ import annotations

WORDS = {
    language: tuple(words.split())
    for language, words in {
        "it": """
            nord sud parti dire film test star crisi finale premier coronavirus premio pace rete a
            ad ai al alla alle allo all' agli anche ancora c' c'è che chi ci come con contro così
            cosa cui d' da dai dal dalla dalle dallo dall' dagli de degli dei del dell' della delle
            dello di dopo dove due durante e ed è e' era essere fa fino fra già gli ha hanno ho i il
            in io l' la le lei lo loro lui ma mai me meno mentre mi molto ne nei nel nell' nella
            nelle nello negli no noi non nuova nuove nuovi nuovo o oggi ogni oltre per perché
            perche' più piu' poi prima primo può puo' qual quale quali quando quanto quasi quella
            quelli quello quelle questa queste questi questo qui se secondo sempre senza si sì sia
            sono sta stata state stati stato su sua sue sugli sui sul sull' sulla sulle suo suoi tra
            tre troppo tutta tutte tutti tutto un un' una uno va verso vi via gia' perchè anni anno
            giorni giorno ieri domani ore mesi settimana milioni mila euro governo guerra legge
            morta morte morti morto muore omicidio uccide ucciso ferito feriti arrestato arrestati
            incidente scontro polizia carabinieri procura tribunale condannato accusa donna donne
            uomo figlio figlia madre padre bambini ragazza ragazzo casa città paese mondo vita
            lavoro scuola sindaco ministro presidente partito voto elezioni sciopero allarme
            maltempo fuoco incendio terremoto calcio vince gol partita squadra ecco parla dice detto
            torna arriva serve fare dare oro notte sera mattina strada auto vittime soldi prezzi
            tasse cresce cala nasce chiude apre aperto riaperto allerta emergenza vaccino vaccini
            salute medici ospedale inchiesta indagati aggredito italia italiana italiani italiano
            europa parigi londra germania francia spagna russia ucraina inglese gennaio febbraio
            marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre lunedì
            martedì mercoledì giovedì venerdì sabato domenica stasera stamattina social media data
            general chiede chiedono annuncia accordo aiuti allora altri altra altro altre appello
            aria arresto banca bene bambina bimbo calo campagna capo caro centro chiusura cinque
            comune comuni corte covid crollo davanti decreto denuncia diritti direttore diretta
            famiglia famiglie fine finisce forte fuga fuori gara giallo giovane giovani giudice
            giustizia gruppo imprese indagine intesa lascia lavoratori libertà libro luce mafia
            manovra mare mercato mese minacce minore migranti multa nome novità numero nuovamente
            operaio ospedali paga pagare pandemia partono passa paura pensioni persone piano piazza
            politica ponte popolo porta porto possibile potrebbe processo prossima prossimo
            provincia pubblica pubblico punto quattro ragazzi regione resta ricerca riforma rischio
            risultati salvato scoperta scoperto scontri scuole segreto senato serie sette sicurezza
            sindacati soccorso società spara spese stop storia strage taglio tempi tempo terra
            traffico treni tribunali trovato turisti ultima ultime ultimi ultimo valore vendita
            verità viaggio vigili vittoria vittima voce volta volte vuole quarantena motogp
        """,
        "en": """
            son prison direct justice coupe accident chef match land tag tot band hand bald brand
            gift fast bad door men wet toe die kind premier auto come fare dare per case pace main
            are sea can once red film sort art arm rest star test total park hat ten a about after
            again against all also am an and another any around as at back be because been before
            behind being best between but by could deal despite did do does don' down during each
            even ever every first for former from get gets give go goes good had has have he heads
            her here him his how i if in into is isn' it its just last latest least less like ll
            look make makes man many may me might more most much must my near never new next no not
            now of off on one only or other our out over own people put re really s said say says
            see set she should show shows since so some still such t take takes than that the their
            them then there these they this those three through time to today told too top two under
            until up us very want wants was way we week well were what when where which while who
            why will with won' work world would year years yet you your amid ahead attack ban bill
            boss business calls charged chief child children city claims court crash crisis cuts day
            days dead death died dies election face faces family fears fight final find fire found
            game government hits home hospital hours house jailed judge killed kills lead leader
            leaves life lockdown lost man's million minister months mother murder news night
            officials open party plan plans police president prices race report reports returns
            review rise rises rules school season state states strike talks tax team tells tests
            think trial trump virus vote war warns watch win wins woman women workers young how's
            let' it' that' he' what' england english britain british italy germany france spain
            russia russian ukraine chinese european american high true low live old second lower
            help music end part response start across early use need level media social company
            voice without order force future know left following keep change support based power
            coming general data stop stars light likely nearly full loss experts daily spread
            already almost ask asked bring bringing several study control human boost agency rate
            sign signs needed given taking taken expected northern southern eastern western research
            ago little ready join joins front foreign price looking getting held orders major safe
            hundreds thousands hard girl girls boy boys important bit sees call called calling thing
            things something nothing someone everyone where's who's friend friends local number
            numbers place name known using used gave took came went made making hit street public
            national country countries list long short large small great better big biggest few
            third half above below within economy companies billion job jobs deputy ministry
            secretary prime parliament congress federal military army peace church king queen prince
            royal lawyer arrested accused alleged jail crime victim victims killing shooting shot
            bomb storm flood rain snow weather warning emergency doctors patients nurses vaccine
            disease outbreak health care drug drugs tested testing positive results result score
            scores goal goals player players club football cup title champion fans episode song
            album movie movies trailer series actor actress book books phone online website email
            shares stock stocks market markets trade trading sales growth bank banks oil gas energy
            water food cost costs pay paid budget debt spending benefit benefits launch launches
            launched release released reveal reveals revealed announce announces announced confirm
            confirms confirmed reported reporting speak speaks speech statement claim claimed deny
            denies denied reject rejects rejected agree agrees agreed urge urges urged plead pleads
            guilty january february march april june july august september october november december
            monday tuesday wednesday thursday friday saturday sunday yesterday tomorrow tonight
            morning afternoon evening month years' coronavirus covid quarantine pandemic finale
            hospitals
        """,
        "de": """
            ab aber alle allem allen aller alles als also alt am an andere anderen auch auf aus bei
            beim bereits bis bisher da dabei damit dann darf das dass dem den denn der des dich die
            dies diese dieser dieses doch dort drei du durch ein eine einem einen einer eines er
            erst erste ersten es etwa euch euro fast für ganz gegen gegenüber geht gibt haben hat
            hatte hatten her heute hier hinter ich ihm ihn ihr ihre ihrem ihren ihrer im immer in
            ins ist ja jahr jahre jahren jetzt jeder kann kein keine keinen kommt können künftig
            lang man mehr mehrere mein mich millionen milliarden mit müssen muss nach nachdem neu
            neue neuen neuer neues nicht nichts noch nun nur ob oder ohne schon seit sehr sein seine
            seinem seinen seiner sich sie sind so soll sollen sowie statt trotz über um und uns
            unter vom von vor war waren warum was wegen weil weiter weniger wenn wer werden wie
            wieder will wir wird wo worden wurde wurden während zehn zu zum zur zwei zwischen abend
            arbeit arzt bahn brand bürger bundestag bundeswehr deutsche deutschen deutscher
            deutschland ende erhält fordert frau frauen freitag fünf gericht geld gesetz gestorben
            getötet gewinnt große großen haus jährige jähriger kanzler kinder kosten krieg krise
            könnte könnten land leben lehnt macht mann männer menschen minister montag mutter nacht
            nächste opfer partei polizei präsident regierung samstag schule sieg sieht sonntag stadt
            staat stirbt streik streit tag tage tod tot tote toten tor unfall unternehmen verletzt
            verletzte verliert vier wahl warnt weg welt wirtschaft woche wochen zahl zeit ziel
            zurück österreich schweiz italien frankreich spanien russland europa januar februar märz
            april mai juni juli august september oktober november dezember dienstag mittwoch
            donnerstag anklage ausland bericht beginnt bekommt bleibt branche bringt chef daten
            droht drohen eltern entscheidung erfolg ergebnis erneut feuer feuerwehr firma folgen
            forscher freund führt gefahr gefunden gegner gemeinde gewalt grenze grund gut haft hilfe
            hoch hund höher höchste jugendliche junge jungen kampf kauf klage klima kommen kommentar
            kommission konzern kritik kunden kunst lage lassen leute lösung markt medien meldet
            meinung mitarbeiter mord musik opposition plan pläne prozess preise rechte rede reise
            rettung rund ruf schüler schwer schüsse sonne sorgt spiel spiele spieler sprache steht
            steigen steigt steuer strafe straße suche täter teil trainer treffen umfrage union
            unwetter urteil verbot verdacht verkehr verletzten verlassen verlieren versucht viele
            vielen viertel vorschlag vorwürfe wahlen warten wasser weitere weiteren wende wetter
            wichtig winter wohl wohnung zahlen zeigt zeitung ziehen zug zukunft
        """,
        "fr": """
            a à afin ai alors après as au aucun aussi autour autre autres aux avant avec avoir bien
            c' ça car ce cela celui ces cet cette ceux chaque chez comme comment contre d' dans de
            depuis dernier dernière des dès deux dire doit dont du elle elles en encore entre est et
            était être eu eux face fait faire faut grand grande huit ici il ils j' je jour jours
            jusqu' l' la là le les leur leurs lors lui m' mais mal malgré me même mes moins mon n'
            ne ni nos notre nous nouveau nouvelle nouvelles on ont or ou où oui par parce parmi pas
            pendant peu peut plus plusieurs pour pourquoi premier première près qu' quand quatre que
            quel quelle quels qui quoi rien s' sa sans se sept sera ses si six soit son sont sous
            sur ta te tous tout toute toutes très trois un une va vers veut voici vos votre vous y
            aujourd' hui hier demain année années ans heures mois semaine soir matin nuit affaire
            accident ancien appel arrêté attaque blessé blessés chef condamné coupe crise député
            direct droit début eau école élection élections emploi enfant enfants enquête état eté
            été euros famille femme femmes feu fille fils fin france français française françaises
            gauche gouvernement grève guerre homme hommes incendie jeune jeunes justice loi maire
            maison match meurt ministre monde mort morte morts mère nord ouvre paix parti pays père
            personnes police policiers prix procès président présidentielle projet prison rue retour
            santé selon sud tué tués trouve vie ville victime victimes victoire viol vote allemagne
            italie espagne angleterre russie chine royaume unis européenne européen milliards
            millions cours janvier février mars avril mai juin juillet août septembre octobre
            novembre décembre lundi mardi mercredi jeudi vendredi samedi dimanche accord accuse
            agression alerte annonce assemblée aucune audience avenir avis avocat banque bilan
            boulot budget bus cadre camp campagne cas cause centre chaleur champion chiens chômage
            chute cinq climat club compte conseil contrat corps côté coup crime culture débat
            défense départ dette deuil disparu docteur dossier drame effet église élu élus émeutes
            ensemble entreprise entreprises espace essai étude événement extrême faits faute
            fermeture fête finale fois force forces forêt frontière gagne garde gaz gendarmes groupe
            habitants hausse histoire hôpital hiver images inflation inondations jeu jeux joueur
            journal juge langue lance large lutte magasin maladie manifestation marché ministère
            mesures militaire milieu mille mondiale moyens musique naissance niveau note numéro
            nucléaire objectif opposition ordre ouverture passé patron perd personne place plage
            plainte plan plein pluie politique porte pouvoir prend prise problème prochain public
            publique qualité question quitte rapport réforme refuse région rencontre rentrée réponse
            reste résultats réunion risque route sécurité sénat série service situation société
            soins soleil sommet source sport stade succès sujet suite surprise syndicats temps terre
            tête tir titre tour train transports travail tribunal tuer usine vague vent vente vérité
            violence violences visite vivre voiture voix vol voyage coronavirus rouge mot
        """,
        "es": """
            a ahora al algo alta ante antes aquí así aún años año bajo bien cada casi caso como cómo
            con contra cosas cual cuál cuando cuándo cuatro da de debe del desde después día días
            dice dijo donde dónde dos durante e el él ella ellos en entre era eran es esa ese eso
            esta está estaba están estas este esto estos fue fueron gran ha había hace hacer hacia
            han hasta hay hoy la las le les lo los mañana más me mejor menos mi mientras millones
            muy nada ni no nos nueva nuevas nuevo nuevos o otra otras otro otros para pero por
            porque primer primera primero puede pueden qué que quién quien quiere se sea según seis
            semana ser si sí sido siempre sin sobre solo sólo son su sus también tan tanto tener
            tiene tienen tienes todas todo todos tras tres tu un una unas uno unos va vez ya y yo
            abre acusa agua alcalde ayer ayuda barrio calle cae campaña casa ciudad cierra crece
            crisis deja derecha derechos detenido detenidos detienen ejército elecciones empleo
            empresa empresas escuela españa español española españoles estado fallece fin ganan gana
            gobierno golpe guerra hermano herido heridos hijo hijos hija hombre hombres huelga
            incendio izquierda jóvenes joven juez juicio jueves justicia ley llega llegan lluvia
            lunes madre martes mayor medidas mes meses ministro miércoles muere mueren muertes
            muerto muertos mujer mujeres mundo muerte niña niño niños noche noticias padre país
            países partido paz pide piden plan policía política precio precios presidente presos
            pueblo puente quieren reabre regreso salud segunda segundo sube tarde tiempo trabajo
            trabajadores tribunal vida viernes viene víctimas votos vuelve alemania francia italia
            inglaterra rusia ucrania reino unido europea europeo enero febrero marzo abril mayo
            junio julio agosto septiembre octubre noviembre diciembre sábado domingo general social
            media datos acuerdo acusado acusados advierte alerta ataque aumento banco cambio campo
            cárcel centro cifra cinco comisión congreso consejo corte cuenta cuerpo debate decide
            defensa denuncia detención deuda dinero director diputados edad ejecutivo energía equipo
            escuelas espacio exige éxito expertos falta familia familias final frente fuego fuera
            fuerza fuertes fútbol grupo historia hospital hora horas informe inicio interior
            investigación investiga juego jugador libertad línea lucha lugar mar mercado mesa miedo
            militar minutos momento motivo muestra nacional nivel nombre norte número obras
            oposición orden pandemia pacientes parte partir paro pasado pensiones perdió persona
            personas plaza población policías prensa presupuesto prisión problema programa provincia
            próximo pública público puerto punto queda rechaza récord reforma región resultados
            reunión riesgo robo rey ruta seguridad seguir sentencia servicio servicios siete siglo
            sistema sitio situación sociedad suelo suma sur terremoto tierra tormenta total tráfico
            tren turismo último última últimos últimas unidos uso vacuna vecinos venta verano verdad
            viaje vivienda volver voto coronavirus menor igual asegúrese
        """,
        "pt": """
            a à agora ainda ano anos ao aos apenas após aqui as às assim até bem cada com como
            contra da das de depois desde dessa desta deste desse dez dia dias diz do dois dos duas
            durante e é ela elas ele eles em entre era essa esse está estão esta este eu faz fazer
            foi foram fora grande há hoje isso isto já la lhe mais mas me meio melhor menos mesmo
            meu milhões milhares muito muitos na nas não nem nessa nesta neste no nos nossa nosso
            nova novas novo novos num numa nunca o onde ontem os ou outra outras outro outros para
            pela pelas pelo pelos perto pode podem por porque porquê pouco pra primeira primeiro
            quais qual quando quanto quase quatro que quem quer se segundo seis sem sempre ser será
            seu seus seja sido sob sobre sua suas são só também tão tem têm ter teve tinha toda
            todas todo todos três tu tudo um uma umas uns vai vão vez vida você vos acidente água
            amanhã brasileira brasileiro brasileiros bolsonaro cidade criança crianças crise
            dinheiro direita direito educação eleições empresa empresas escola esquerda estado
            feridos filha filho filhos fim fogo governo greve guerra homem homens incêndio jogo
            jogos jovem juiz julgamento justiça lei lisboa mãe menino mês meses milhão ministro
            morre morreu morrem morte mortos morta morto mulher mulheres mundo município negócio
            noite notícias país países pai partido paz pessoas polícia população português
            portuguesa portugueses preço preços preso presos prefeito presidente primeiros reabre
            região rua saúde segunda semana sexta sobe suspeito tarde tempo trabalho trabalhadores
            tribunal vence veja vítimas volta ponte alemanha espanha frança itália inglaterra rússia
            ucrânia reino unido europeia europeu janeiro fevereiro março abril maio junho julho
            agosto setembro outubro novembro dezembro terça quarta quinta sábado domingo acordo
            acusado adolescente ajuda alerta algum alguma ameaça anuncia apoio aprova ataque aumento
            autoridades avança avião bairro banco busca câmara campanha carro casa caso casos centro
            chega chegam chuva chuvas cinco clube combate começa conselho contas corpo corrida
            cresce cultura dados decisão defende defesa deixa denúncia deputado deputados desemprego
            detido detidos direitos economia encontrado encontro energia então entrada entrevista
            equipa equipe espaço estrada estudo evita exército família famílias falta ficar física
            força forte frente futebol futuro ganha geral gripe grupo história hora horas hospital
            imagens incêndios inflação investigação jornal lado libertado líder lugar luta manhã mar
            médico médicos medidas menor mercado mil militar minutos momento morador mostra mudança
            nível nome norte número obras oposição pandemia parlamento partida passado pede pobreza
            polícias praia praça prazo prisão problema processo produção professores programa
            projeto projecto proposta público queda recebe regresso resultado resultados reunião
            risco roubo sai salário segurança seleção sete sistema situação sociedade sul tempestade
            terra tiros trânsito transporte treinador última último vacina valor venda verão verdade
            viagem violência vítima voto votos coronavírus quarentena igual
        """,
        "nl": """
            aan achter af al alle alleen alles als andere bent ben bij bijna binnen blijft boven
            buiten daar dan dat de deze die dit doen doet dood door drie dus echt een één eens
            eerste eerst elke en er even ga gaan gaat geen gebruik geeft goed haar had hebben heeft
            hem het hier hij hoe hun iets ik in is jaar je jij jullie kan komen komt kon kunnen laat
            laatste langs maakt maar man me meer meest men met mensen mij mijn minder miljard
            miljoen moet moeten mogelijk na naar nadat nemen niet niets nieuw nieuwe nieuws nog
            nooit nu of om omdat onder ons ook op open over per rond samen sinds slechts staat
            steeds te tegen ten terug tijdens toch toe tot tussen twee uit uur vaak van vanaf
            vanwege veel verder vier volgens voor vooral voorlopig waar waarom wanneer want waren
            was wat we weer weg wel welke wereld werd werden wie wij wil willen worden wordt zal
            zegt zeer zelf zich ze zien ziet zij zijn zo zonder zou zouden zullen aanval auto
            bedrijf bedrijven boeren brand burgemeester dag dagen dode doden eind eindelijk gemeente
            geld gewond gewonden gisteren grote huis kabinet kamer kind kinderen krijgt leven maand
            maanden mannen meisje minister moeder moord nacht nederland nederlandse nederlanders
            onderzoek ongeluk oorlog ouders partij politie premier prijs prijzen rechter regering
            school slachtoffer slachtoffers stad staking stopt straat straf toekomst vader verdachte
            verliest vindt vrijdag vrouw vrouwen vuur wedstrijd week weken werk wint winst woning
            zaak ziekenhuis zondag zaterdag vrij wet duitsland frankrijk italië spanje rusland
            oekraïne europa europese belgië belgische vlaamse januari februari maart april mei juni
            juli augustus september oktober november december maandag dinsdag woensdag donderdag
            aandacht aangehouden aantal actie advocaat afgelopen akkoord arbeid beeld begin begint
            behandeling belangrijk beleid bericht besluit beter bezoek blijkt blijven boete boos
            buurt cijfers club coalitie dader derde dochter doel dreigt druk dreiging energie extra
            familie feest fiets fout gebied gebouw gemeenten gevaar gevangenis gevonden gevolgen
            gezin grens groot groep groei haalt half hand hoge hoger hoog hulp inwoners jeugd jong
            jonge jongen jongeren kans kiest klimaat klant klacht kosten krant kritiek lang leraar
            leerlingen land lijkt lijst lid links loopt lucht maatregelen maken markt meerdere
            meeste mens misdaad muziek natuur nederlaag neemt noemt noord ongeval onderwijs ontslag
            onrust oost opnieuw oplossing opgepakt overleden overleg patiënten plaats plan plannen
            pleit proces protest raad rapport recht rechtbank redding regen reis rijk ruim ruimte
            schade schieten schip slecht sneller snel speelt spel speler staatssecretaris steun
            stijgt stijging storm strijd succes toeristen topman treinen trein trekt tweede uitslag
            uitspraak vakbond vast veilig veiligheid verbod verdwijnt verkeer verkiezingen verlies
            vermist vermoord verwacht vlucht voetbal volgende voorstel voorzitter vraag vragen vrede
            vriend vuurwerk waarschuwt warm water werken werknemers woningen woord zaken zee ziek
            zoekt zoon zorg zorgen zuid zwaar
        """,
        "ca": """
            a abans ahir aixo això al als amb any anys aquest aquesta aquestes aquests ara així cada
            cap com contra d' da de del dels des després dia dies dos dues durant el els ella ells
            en entre era és es està estan encara fa fer fins ha han havia hi i ja jo l' la les li lo
            llei més mentre meu molt moltes ni no nou nova o on per però perquè pel pels pot primer
            primera què qual qualsevol quan que qui quin s' se segons sense ser seu seus sobre són
            seva si sota també tan té tenen tots tot tothom totes tres un una uns va van vol
            ajuntament ciutat govern avui demà mort mor morts dona dones home homes dissabte
            diumenge dilluns dijous divendres eleccions catalunya catalans català catalana espanya
            país món vida gent policia mossos escola carrer
        """,
        "gl": """
            a á aínda ao aos as ás así até cada co coa como con contra da das de dende despois dese
            deste do dos durante e é ela eles en entre esta está están este foi foron galicia galega
            galego galegos goberno hai hoxe la máis mais mellor na nas nin no non nos nova novas
            novo o onde onte os ou outra outro para pero pola polas polo polos por porque pode que
            se segundo sen ser seu seus sobre son súa súas tamén ten teñen todos todo tras un unha
            unhas uns vai xa xunta persoas anos ano dous lei xente cidade muller morre home datos
            campo páxina páxinas debe valor
        """,
        "ro": """
            a ai al ale am ani anul anii ar are as asta astăzi atunci au avea azi bine ca că când
            care câte ce cea cel cele celor cei cine cu cum da dacă dar de deci decât despre din
            doar doi două dupa după ea ei el ele era este eu euro fără face fi fiind foarte fost iar
            in în înainte încă între îi îl își la le li lor lui mai mare mi mult nici niciun noi
            noua nou nouă nu o oameni or pana până pe pentru peste poate poliția prim prima primul
            prin sa să sau se spune spus sunt sub te toate tot toți trebuie trei tu un una unde unei
            unor unui va vor vreo zi zile ziua bani bărbat femeie copii copil guvern guvernul lege
            legea ministrul moarte mort președinte președintele război românia români românii
            românești românească țara țară accident orașul orașului autorităţi şi ţara și iohannis
            milioane lei lumea lumii alegeri spital ianuarie februarie martie aprilie iunie iulie
            august septembrie octombrie noiembrie decembrie luni marți miercuri joi vineri sâmbătă
            duminică
        """,
        "da": """
            ad af aldrig alle alt andre at blev blevet bliver da dag danmark dansk danske danskere
            de dem den der deres det dette dig din dog du efter ej eller en er et får få før første
            fik for fordi fra går gør gå ham han har havde her hun hvad hver hvis hvor hvordan
            hvorfor i igen ikke ind ingen jeg kan kom kommer kræver kun kunne lige man med meget
            mellem men mener mere mod må måske nej ned ny nye nu når og også om op os over på sagt
            samme sig siden siger sin sit skal skulle slut som så store til tilbage to tre ud uden
            under var ved vi vil ville viser være været år ægtepar mand manden kvinde kvinder børn
            dræbt død døde dømt politi politiet regeringen millioner mio krig verden penge folk
            tirsdag onsdag torsdag fredag lørdag søndag uge svært nyt selv mest bedre tyskland
            københavn januar februar marts april maj juni juli august september oktober november
            december mandag skole
        """,
        "no": """
            aldri alle alt andre at av ble blir blitt da dag de dem den der deres det dette din du
            eller en enn er et etter få får før første fikk for fordi fra går gjør gå ham han har
            hadde her hun hva hver hvis hvor hvordan hvorfor i igjen ikke inn ingen jeg kan kom
            kommer krever kun kunne man med meg mellom men mener mer mot må mye nei ned ny nye nå
            når og også om opp oss over på sa sagt samme seg selv si siden sier sin sitt skal skulle
            som så store til tilbake to tre ut uten under var ved vi vil ville viser være vært år
            mann mannen kvinne kvinner barn drept død døde dømt politi politiet regjeringen
            millioner krig krigen verden penger folk tirsdag onsdag torsdag fredag lørdag søndag uke
            norge norsk norske nordmenn oslo ikkje ein eit frå ho dei noko berre eg meir tyskland
            januar februar mars april mai juni juli august september oktober november desember
            mandag skole
        """,
        "sv": """
            alla allt andra att av bara bland bli blir blev då dag de dem den deras det detta dig
            din där du efter eller en enligt er ett fick får få för före första från genom gör gå
            går ha hade han har hans henne här hon hur i igen in inför ingen inga inte jag kan kom
            kommer kräver kunde man många med mellan men mer mest mot måste mycket människor ner ni
            ny nya när nu och också om oss över på sa sade samma se ser sedan sig sin sina ska
            skulle säger så som stor stora tidigare till tillbaka två tre under upp ur ut utan vad
            var vara varför varit vid vi vill vilka visar år även än barn kvinna kvinnor döda död
            dödad dog dömd krig kriget kronor miljarder miljoner mannen polisen regeringen sverige
            svensk svenska svenskar veckan världen pengar folk tisdag onsdag torsdag fredag lördag
            söndag tyskland skjuten skadad åring fil januari februari mars april maj juni juli
            augusti september oktober november december måndag idag igår kommunen skola skolan
            sjukhus vård
        """,
        "is": """
            að af á ég ekki eru er en eftir frá fyrir hann hefur hafa hún í íslands ísland íslenska
            með og sem sé segir sig til um var við það þeir þetta því þú þá vegna verður verið voru
            upp úr
        """,
        "pl": """
            a aby albo ale bez był była było były być będą będzie bo chce chcą co czy czym da dla do
            dwa dwie dziś dzień gdy gdzie go i ich ile im ja jak jako je jego jej jest jeszcze już
            każdy kiedy kilka kim kto która które którego której który których którzy lat lata ma
            mają może można mln mld musi na nad nam nas nawet nie niż nich nim nowa nowe nowy o od
            on ona oraz po pod podczas polska polski polskich polskie polskiej polsce polaków polacy
            ponad poza przed przeciw przez przy roku rok są się sobie swoje ta tak także tam te tego
            tej ten też to trzy tu tych tylko tym u w we więcej wie wojna wojny wśród z za że zostać
            został została zostały ze zginął zginęło zmarł zł policja policji prezydent premier rząd
            rządu ludzi ludzie dzieci kobieta kobiet mężczyzna sąd wybory świat świata szkoły miasto
            miasta pożar nowych tysięcy ukrainy rosja rosji niemcy niemiec poniedziałek wtorek środa
            czwartek piątek sobota niedziela stycznia lutego marca kwietnia maja czerwca lipca
            sierpnia września października listopada grudnia mówi pieniędzy mieszkańców godzin dni
        """,
        "cs": """
            a aby ale ani asi až bez bude budou by byl byla bylo byli být chce co další dnes do doma
            ho i já jak jako je jeho její jejich jen jsem jsou jsme již k kde kdo kdy když kolem
            korun která které kteří který kvůli let letech lidé lidí ma má mají mezi mi mluví může
            mohou musí muž muže na nad naše ne nebo nejen než není nových nové nový nová o od on ona
            oni pak po pod podle pokud před přes při pro proč proti první roce rok roku řekl s se si
            skončil soud stát státu své svět světa ta tak také tam ten to toho tom tu tři už u v vám
            ve více vláda vlády všech všechny však výhra z za ze že žen žena ženy české český
            českých česko česka policie policisté prezident premiér války válka válce peníze zemřel
            dětí děti dva dvě miliard milionů nemocnice smrt praha praze prahy zápas ukrajině rusko
            ruska německo ledna února března dubna května června července srpna září října listopadu
            prosince pondělí úterý středa čtvrtek pátek sobota neděle
        """,
        "sk": """
            a aby aj ako ale ani až bez bol bola boli bolo bude budú by byť chce čo čoho dnes do
            ďalší eur ho i ich jeho jej ja je k kde kedy keď kto ktorá ktoré ktorí ktorý ku ľudí
            ľudia ma má majú medzi mi môže môžu muž na nad nové nových nový nie než o od on ona po
            pod podľa pre pred prečo pri proti prvý rok roka roku rokov s sa si slovensko slovenska
            slovenskej slovenský sme so sú súd svet sveta svoje ta tak tam tento ten tiež to toho
            tri tu už u v vám vláda vlády viac vo však všetko z za ze zo že žena ženy polícia
            policajti prezident prezidentka premiér vojna vojny vojne peniaze zomrel deti dva dve
            miliónov nemocnica smrť bratislave ukrajine rusko ruska nemecko fico
        """,
        "sl": """
            a ali ampak bi bil bila bili bilo bo bodo brez če da do dva dve ga glede i in iz ima
            imajo je jih jo kaj kako kar kdo ker ki ko kot kje le leta leto let lahko letih med mi
            milijonov moški na nad ne ni niso nov nova nove novi o ob od oziroma pa po pod pri pred
            predsednik preko prvi proti sa samo se si slovenija slovenije sloveniji slovenski
            slovenska smo so svet sveta še ta tako tem ter to tri tudi u v več vlada vlade vojna
            vojne vse za zakaj z zaradi že ženska otroci ljudi ljudje policija policisti evrov smrt
            umrl nemčija dan danes mora mesec polje vnos število
        """,
        "hr": """
            a ali bez bi bih bila bili bilo bio biti će ću da dana danas do dok dva dvije eura evo
            ga godina godine godini hrvatska hrvatske hrvatski hrvatskoj i ili im ima imaju iz
            između ja je jer još ju kad kada kako kao kod koja koje koji kojima kojoj koju ko tko
            ljudi ljude među milijuna miliona može mogu muškarac na nakon nad ne nego nema neće ni
            nije nisu njega njegov nova nove novi novo o od oko on ona oni ova ovaj ove ovo po pod
            policija policije ponovo poslije prema prije pre predsjednik predsednik pred preko pri
            prvi protiv rat rata rekao s sa samo se smo su sve svi svijet svijeta svet sveta svoje
            šta što srbija srbije srbiji ta taj tako te ti to toga treba tri u uz vlada vlade više
            vrlo za zbog žena žene djeca deca djece kuća beograd zagreb zagrebu beogradu dinara smrt
            poginuo umro njemačka nemačka ukrajini rusija
        """,
        "hu": """
            a az azt ahogy aki akik alatt amely ami amit arra azonban be bele bár csak cikk egy
            egyik el előtt elég én és ez ezer ezt ezek fel felett forint ha hogy hogyan hogyha
            honlap idén ilyen is itt ki kell kormány között közül lehet lesz le lett ma magyar
            magyarok magyarország magyarországon már még meg mert mi miatt miért milliárd millió
            minden mint mit most nagy ne nekem nélkül nem nincs új után ők ő óta pedig rendőrség sem
            sok szerint szerinte személy tegnap több történt tovább tűz utolsó vagy van vannak volt
            voltak ország orbán évek év éves évre háború orosz ukrán embert ember emberek nő férfi
            gyerekek meghalt baleset első két három fidesz budapest budapesten azért hétfő kedd
            szerda csütörtök péntek szombat vasárnap pénz január február március április május
            június július augusztus szeptember október november december
        """,
        "fi": """
            ei eivät ennen ensi entinen että euroa euron hän hänen he ihmiset ihmisiä ilman ja jo
            joka jonka jos jossa jotka jälkeen kaikki kanssa kertoo kertoi keskiviikkona kesken koko
            koska kuin kuka kun kuoli kuollut kuolleet kuten lapset lähes maanantaina me mies miehen
            mikä miksi miljardia miljoonaa mitä mukaan mutta muuta myös nainen naisen naiset ne
            niiden niin noin nyt oikeus ole oli olivat olla ollut olisi on onko ovat paljon päivää
            poliisi poliisin saa saada sai se sekä sen siitä sillä sinä sitä sodan sota suomalainen
            suomalaiset suomen suomessa suomi taas tai tämä tämän te tulee tuli tästä tänään tässä
            uusi uuden uudet vaan vai vain vielä viime voi vuoden vuonna vuotta yli venäjä venäjän
            ukrainan maailman helsingin helsingissä sanoo hallitus hallituksen presidentti enemmän
            vähemmän rahaa eikä kuitenkin aikana vastaan kolme kaksi neljä viisi ensimmäinen päivän
            tehdä tekee antaa saavat pitää kaupungin kaupunki koulut koulun lasten illalla yöllä
            aamulla maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai tiistaina
            torstaina perjantaina lauantaina sunnuntaina eduskunta pääministeri
        """,
        "et": """
            aasta aastat aga alates alla ära eesti eestis eile ehk ei ega enne et euro eurot ja juba
            juures jõudis kaks kas kes keda kell kohta kolm kogu koos kui kuid kuidas kus koju läbi
            ma mees mis mida miks miljonit mitte naine nad nagu neid nii ning nüüd oli olid olla on
            ole oma ongi oleks palju peab pole pärast pealt politsei saab sai see seda selle siis
            sõda sõja ta tallinn tallinna tallinnas teine täna üks uus uue uute vaid valitsus vene
            venemaa veel või võib üle ukraina president inimest inimesed lapsed
        """,
        "lv": """
            ar arī bet bez bija būs būt cilvēki cilvēku daļa diena eiro gada gadā gadi gadu gan ir
            jau ja jo ka kad kas kā kāpēc karš kara ko kopā krievija krievijas latvija latvijas
            latvijā līdz lai miljoni miljonu miris mirušais nav ne nē no nu par pats pēc pie pirms
            pret policija prezidents rīga rīgas rīgā saeima savu sieviete starp šo šis šī tā tad tas
            tās tika tikai tiks to trīs tur un uz valdība vairāk vai vēl vīrietis viņa viņš vīri
            visi ukraina ukrainas ukrainā jauns jauna bērni
        """,
        "lt": """
            ar apie arba aš bei bet bus buvo būti dar daugiau dabar dėl dešimt dieną du eur eurų
            gali gatvė ir iš iki įvyko jau jei ji jie jis jo jos jų kad kai kaip kas kiek karas karo
            kur kuri kurie kuris lietuva lietuvoje lietuvos lietuviai metai metais metų mirė mln
            moteris naujas nauja nėra ne net nes nuo o pagal pat per po pradėjo prezidentas prieš
            prie policija rusija rusijos seimas sako savo su tačiau taip tai tarp tas ten tik to
            trys turi už ukrainos ukrainoje vaikai vilnius vilniaus vilniuje vyras vyriausybė visi
            yra žmonės žmonių šiandien
        """,
        "sq": """
            ai ajo ato atë asnjë bëhet bën bërë deri deklaron dhe dy disa do edhe e është ditë dje
            gjatë i ia in ishte jam janë jashtë jo kam ka kanë kemi keni ku kur kush kundër këta
            kështu këtë kjo ky lufta luftës me më milionë mirë mund mbi nga ndaj ndër në nën një
            njerëz nuk pas para parë për përse po policia prej presidenti pse qeveria që qytet sa se
            shqipëri shqipëria shqipërisë kosovë kosova kosovës serbia shumë si sipas sot ta te tek
            tha thotë ti tij tre të u unë vetëm vit vite viti vjet vjeç vdes vrarë zgjedhjet rama
            kryeministri burri gruaja
        """,
        "tr": """
            acil ama ancak artık bakan bakanı başkanı başladı bazı ben beni bile bin bir biri
            birlikte biz bu buna büyük çocuk çok cumhurbaşkanı çünkü da daha de değil devam diye
            dedi diyor dolar dünya en erdoğan etti eden eski fakat gibi göre gün hangi her hiç
            hayatını için ile ilk işte içinde istanbul kadar kadın karşı kendi ki kişi kim lira
            milyar milyon mi mu mı mü ne neden nasıl o oldu olan olarak olduğu olacak olay on onu
            polis sadece son sonra şey şu tarihi tarafından türk türkiye ve veya var yeni yaptı
            yapılan yaralı yıl yok yüzde savaş öldü üzerine üç saat kaza ukrayna rusya almanya ocak
            şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık pazartesi salı
            çarşamba perşembe cuma cumartesi pazar
        """,
        "mt": """
            għal għall għan għax għandu għandha huwa hija huma jgħid kien kienet kienu lill minn
            mill mhux malta maltin maltija mal ma' fil fl f' bil b' ta' tal taħt tiegħu tagħha se li
            dan din dawn dwar wara waqt bejn kontra raġel mara pulizija ministru euro sena snin
            aktar jew meta xi
        """,
        "ga": """
            agus ach an ar ag as atá bhí bhfuil bliain chun cé cad dá den don do faoi freisin gach
            go iad is leis le mar mé na ní níl nach ó rialtas roimh sa sin seo siad sí sé tá teacht
            tar tír éis éireann chuid duine daoine fear bean inniu lá
        """,
        "eu": """
            ari artean asko atzo baina bat batek baten beste bezala bi dira da du dute dela dago
            egin egiten ere eta euskadi euskal euskara gaur gobernua hau hori izan ez zen ziren zuen
            duen duten urte urteko gabe gainera hil hiru horrek bere berri bizi herri lan nahi oso
            gehiago
        """,
        "ru": """
            а без более бы был была были было быть в вам вас во время все всех вы где года году да
            для день до его ее если есть еще же за и из или им их к как когда который которые кто
            лет ли мы на над не нет ни но новый о об он она они от по под после при про россии
            россия российский с сказал сообщил со так также те то только у уже человек что чтобы это
            эти этого этот я сша украины путин
        """,
        "uk": """
            а або але без більше був була були було бути в вже вона вони він від вітає для до є її
            його з за зі із і й їх коли кого крім ми на над нам не немає ні ну о один під після про
            при проти років року с серед та так також те ти тільки то у україна україни україні чи
            час через це цього цей що щоб який яка які яких як я
        """,
        "be": """
            а або але без быў была былі было быць в да для ён яна яны з за і із калі каб мы на не
            няма пра пры пасля супраць у што як які яго яе іх гэта гэты гэтага год гады беларусі
            беларусь ў жа вы ад па толькі таксама
        """,
        "bg": """
            а ако без беше би бил била били в ви вече във г да две до докато е една един едно за и
            из или им има как като които който която което кой кога между ми много може на над нас
            не него нея ни но нов нова нови няма о обаче от още по под пред през при с са само се си
            след според срещу със така те то това този тази тези той тя ще че българия български
            българите години година лв хора
        """,
        "sr": """
            а али без би био била било били бити в већ више да до док ће за и из или има је јер још
            када како као код која које који људи међу може на након над не него нема није ни нова
            нове нови о од око он она они ове ово овај по под после пре пред према против с са само
            се су смо све србија србије србији срба та тај тако те то у уз због што шта
        """,
        "mk": """
            а ако без беше би в ве веќе во го да дека до ја за и из или им има како кај кога која
            кое кои кој македонија македонски меѓу може на над не него неа ни но нов нова од околу
            оваа овој ова по под помеѓу пред при против с са само се си сите со според сè така тие
            тоа тој ќе што години година
        """,
        "ar": """
            في من على إلى عن مع أن إن كان كانت التي الذي هذا هذه ذلك بعد قبل بين لا ما لم لن قد هو
            هي كما أو ثم حتى خلال حول عام عند كل اليوم ضد غير أكثر قال رئيس
        """,
        "fa": """
            در از به با را که این آن است برای تا بر می شد شده شود کرد کرده هم های ها خود ما نیز یک
            بود باید اما یا سال ایران گفت کند هر پس نمی
        """,
        "ur": """
            کے کی کا میں ہے اور سے کو نے پر یہ وہ ہیں کہ اس ان بھی تھا تھی گیا ہو کر نہیں ایک لیے
            پاکستان
        """,
    }.items()
}
"""Some hundreds of words each for the seven languages that most wires and portals of Europe write,
fewer for the others, which are there so that none of the seven is seen in them."""

ENDINGS = {
    language: tuple(endings.split())
    for language, endings in {
        "it": """
            zione zioni mente aggio ità azzo etti etto ella elle ezza ismo ista isti ando endo ato
            ata ati ate uto uta iti ito ita gli gno gni cchi cci ssi sso tto tti tta tte lli llo lla
            nze nza osi oso tori tore ice iche ico ici chi che ghi ghe eri ieri iere ani ano ale ali
            ini ino ine ondo ento enti isce are ere ire erà irà rono
        """,
        "en": """
            tion tions ing ings ness ment ments able ible ship ships ght ghts ough ould ward wards
            less ful fully ally ely ies ied ity ock ocks ck cks ks ds wn ngs nts sts ths rth th lth
            ead eed eek eep eet ood ook ool oom oot ow ows ay ays ey eys ly sh shed shes tch tches
            dge ters ders ers ry ys
        """,
        "de": """
            ung ungen keit heit heiten schaft lich liche lichen licher isch ische ischen ischer igen
            igung tzt tzen cht chte chten cher chen sche schen sch ßen ierte ieren iert nen ern eln
            tte tten tt lt nd rt rk rz tz ck cke cken ben gen den ten zen hen ken ler ner ter mer
            ger haus rung nden mus ff eit
        """,
        "fr": """
            tion tions ment ments eux euse euses aux eau eaux oir oire oires ique iques iste istes
            isme ité ités ée ées és er ez ier ière iers ières ois oise ais aise ait aient ont ant
            ants ent ents ance ances ence elle elles ette ettes eur eurs ire tre tres gne gnes ue
            ues urs our ours oit ille illes ienne ien iens
        """,
        "es": """
            ción ciones sión siones dad dades mente miento mientos ando iendo ado ados ada adas ido
            idos ida idas ez eza ero eros era eras dor dores dora ista istas ismo able al ales ón
            ones or ores illo illa ita ito ían ía ías aron ieron ará arán erá ñas ños ño ña iento
            encia ancia os as es nte ntes bre
        """,
        "pt": """
            ção ções são sões dade dades mente mento mentos ando endo indo ado ados ada adas ido
            idos ida idas eiro eiros eira eiras ões ão ãos ães nho nha nhos nhas lho lha lhos lhas
            agem agens ível íveis ável ais éis óis or ores ência ância ou ram rão os as es nte ntes
            bre ça ço ças ços vel zes em am im
        """,
        "nl": """
            ing ingen heid heden lijk lijke elijk elijke ijk ijke ijn ijf ijt isch ische eren eerd
            eert aat aan aal aar aard aak aakt oon oor oord oot een eel eem eer eeft uur uren uit
            uis ouw ouwen oek oeken sel den ten gen ken len men nen pen ren sen ven ben dt cht chten
            schap baar dse ndse rse je jes tje tjes oer oep
        """,
        "ca": """
            ció cions ment ments tat tats at ats ada ades it its ida ides ia eix eixen ny nys ll lls
            ig aig eig ista istes itat or ors era eres es en ir ar ons nça
        """,
        "gl": """
            ción cións dade dades mente mento ado ados ada adas ido idos ida eiro eiros eira ión
            ións os as es xe xo xa ña ño ou eu
        """,
        "ro": """
            ului ilor elor ul ele ea ii lor ție ții ția țiile țiilor are ere ire at ată ați ate it
            ită esc ească ești tor toare ător iei iile uri urile eni ă ț ţie ţii ților ș
        """,
        "da": """
            ing ingen else elser ene erne ede et ske sk lig lige ligt hed heder er en ne te st rne
            skab gt øj øre ør æg ning ninger tion tioner ngen
        """,
        "no": """
            ing ingen else elser ene ane ede et ske sk lig lige het heter er en ne te st rne skap ør
            øy øye ning ninger sjon sjoner ngen a
        """,
        "sv": """
            ing ingen else elser arna erna orna ade at ar or er en het heter lig liga ligt sk ska
            skt skap tion tioner ning ningar ningen na te st ör ån ällt ades
        """,
        "is": "inn ið ina um ir ur ar ði ðu nni",
        "pl": """
            ość ości owie owych owego owej ego emu ych ich ach ami ów ną ą ę nie nia cja cji cję ski
            ska skie skiego skiej dzie ować uje ują ł ła ło ły li wie rz sz cz ków tów ni ny na ne
        """,
        "cs": """
            ost osti ství ého ému ých ích ách ami ů ou ní ský ská ské ského ování uje ují l la lo li
            ek ka ky ovi ců tů nů ěl ět ny na ne ný ná né
        """,
        "sk": """
            osť osti stvo ého ému ých ích ach ami ov ou nie nia ský ská ské ského uje ujú l la lo li
            ek ka ky ovi cov tov ť ľ ny na ne ný ná né ovať ia
        """,
        "sl": """
            ost osti stvo ega emu ih ev ov ami ah nje nja ski ska ske skega uje ujejo l la lo li ek
            ka ki ni na ne ij ja je anje
        """,
        "hr": """
            ost osti stvo oga og omu ih ima ama nje nja ski ska ske skog uje uju o la lo li ak ka ki
            ni na ne ija ije iji anje ić ića
        """,
        "hu": """
            ság ség ban ben nak nek val vel ból ből ról ről tól től hoz hez ot et ök ok ek ak ért
            ják unk ünk ett ott ás és ési ási tt kor nál nél sz gy
        """,
        "fi": """
            inen iset isen ista istä ssa ssä sta stä lla llä lta ltä lle ksi tta ttä vat vät nut nyt
            mme tte uus yys us ys aa ää een iin uun oon aan ään
        """,
        "et": "mine mise misest sse st ga ks le lt l tud dud takse vad nud us ust ikud ide id te d",
        "lv": """
            šana šanas ības ība ību ām ēm iem ās ēs ai am as is us ējs ēja ēji ties ts ta tā ti u ī
            ā ē
        """,
        "lt": """
            imas imo umas ybė ybės iai ius iais ams oms ose uose as is us os ės ų ą ė ti tas ta tų
            avo ėjo iją ijos
        """,
        "sq": "ve të ët ës it ur uar imi imit imin shme nte ra së isë ja je ë in ën",
        "tr": """
            lar ler ları leri ların lerin dan den tan ten da de ında inde ması mesi dı di du dü tı
            ti ştı yor cak cek mak mek lık lik ın in ün un ı ü ğı ği
        """,
        "mt": "iet ijiet zzjoni ment ħ għ",
        "ga": "acht achta anna aí igh adh ú",
        "eu": "ak ek en ean etan tzen tzeko aren ren ari iko ko tza tasun",
    }.items()
}
"""How words end, as many letters as are typical; looked at where the word itself is not known."""

LETTERS = {
    "de": "ßäöü",
    "sv": "äöéå",
    "fi": "äö",
    "et": "äöüõšž",
    "sk": "äôáíóúéýňťďľĺčšž",
    "hu": "öüáíóúéőű",
    "tr": "öüçşğı",
    "is": "öáíóúéýæþð",
    "es": "üñ¿¡áíóúé",
    "gl": "ñ¿¡áíóúé",
    "eu": "ñ",
    "fr": "çêâôîûœëïèùàé",
    "pt": "çãõêâôàáíóúé",
    "ca": "çïèòàíóúé",
    "sq": "çë",
    "ro": "âîășțţş",
    "nl": "ëïé",
    "it": "èùòìàé",
    "cs": "áíúéýřěůňťďčšž",
    "ga": "áíóúé",
    "pl": "ółąęśźżńć",
    "no": "åæø",
    "da": "åæø",
    "lt": "ąęčšžėįųū",
    "mt": "żħġċ",
    "hr": "ćčšžđ",
    "sl": "čšž",
    "lv": "čšžāēīķļņģū",
    "ru": "ыэёъщиьй",
    "be": "ыэёіўьй",
    "bg": "ъщиьй",
    "uk": "щиіїєґьй",
    "sr": "ијљњђћџ",
    "mk": "ијљњџѓќѕ",
    "fa": "پچگژیک",
    "ur": "پچگیکےںٹڈہھ",
    "ar": "ةيكىأإ",
}
"""The letters beyond a to z that a language writes, or, in other scripts, that its kin does not."""

SCRIPTS = {
    "\u0370-\u03ff\u1f00-\u1fff": ("el",),
    "\u0400-\u04ff": ("ru", "uk", "be", "bg", "sr", "mk"),
    "\u0530-\u058f": ("hy",),
    "\u0590-\u05ff": ("he",),
    "\u0600-\u06ff": ("ar", "fa", "ur"),
    "\u0e00-\u0e7f": ("th",),
    "\u10a0-\u10ff": ("ka",),
    "\u3040-\u30ff": ("ja",),
    "\u4e00-\u9fff": ("zh",),
    "\uac00-\ud7af": ("ko",),
}
"""Scripts other than the Latin one, as what a pattern takes, and the languages that we know in
them. Japanese stands before Chinese, whose characters it writes as well."""
