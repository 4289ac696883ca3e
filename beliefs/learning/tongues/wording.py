"""Wording: words that say only what kind of thing something is, or what is done with it.

A content may have them where the quote has not: "the Postgres database", "uses", "prefers".
"""

import re

_LISTED = {
    "en": """
        team company project codebase person people currently current choice chosen tool
        tools tooling library framework language editor platform system app application
        software package database db datastore service city country place name named called
        role job employer profession occupation diet hobby day time date deadline goal kind
        type sort version style format setting period code data default option thing things
        way one favorite
        favourite preferred wish wishes writes write written wrote made makes make making
        kept keeps keep runs run running ran based located situated resides residing stands
        sits holds held handles handled goes go going gone went took takes taken taking got
        get gets has having does doing done requires require required adopted adopts
        adopting moved moves moving switched switches switching migrated migrates migrating
        migration replaced replaces replacing replacement stopped stops dropped ended
        decided decides picked chose selects selected settled opted employs employed works
        working work worked lives living based likes loves enjoys hates dislikes prefers
        preferring wants wanting needs need needed asks asked expects expected considers
        considering evaluating evaluates thinking weighing undecided unsure whether question
        open former formerly previously past anymore now today still also please respond
        responds responding reply replies respond written speak speaks address addressed
        offer offers propose proposes proposing mention mentions include includes default
        defaults stick sticks assume assumes treat expect respect follow follows following
        apply applies ensure consider remember note keep mind heed favor favour choose pick
        select rely relies planning plans trying tries testing exploring leaning
    """,
    "de": """
        team projekt firma person nutzer nutzerin benutzer aktuell derzeit werkzeug sprache
        datenbank editor nutzt nehme nimmt nehmen nutzen nutze verwendet verwenden verwende
        benutzt benutzen
        benutze setzt setzen bevorzugt bevorzuge bevorzugen mag möchte will wechselte
        gewechselt umgestiegen wechsel entschieden entschied gewählt wählte lebt wohnt wohne
        lebe arbeitet arbeite arbeiten heißt heiße name antwort antworten immer ersetzt
        ersetzte ersetzen läuft laufen statt mehr lieber schreibe schreibt bitte ab künftig
        inzwischen jetzt wird werden macht machen bin bist ist migriert erwägt überlegt sich
    """,
    "fr": """
        équipe projet personne utilisateur utilisatrice actuellement outil langage langue
        base utilise utilisent utiliser utilisons préfère préfèrent préférer veut aime passé
        passée passés migré choisi décidé habite vit travaille appelle nom réponse réponses
        répondre désormais maintenant remplacé remplace sont est écrire écris envisage
    """,
    "es": """
        equipo proyecto persona usuario usuaria actualmente herramienta lenguaje idioma base
        usa usan usar usamos utiliza utilizamos prefiere prefieren prefiero quiere gusta
        pasó pasamos pasado migró migramos eligió elegimos decidió decidimos vive trabaja
        llama nombre respuesta respuestas responder ahora reemplazó reemplazamos reemplaza
        son está escribe considera
    """,
}
WORDING = {code: frozenset(re.findall(r"\S+", listed)) for code, listed in _LISTED.items()}
