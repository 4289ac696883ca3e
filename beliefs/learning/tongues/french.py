"""French: how its speakers ask, suppose, report, take back and state."""

import re

from mindhold.beliefs.learning.heard import MASK
from mindhold.beliefs.learning.terms import Terms
from mindhold.beliefs.learning.tongues.tongue import (
    Guards,
    Tongue,
    Voice,
    listed,
    onwards,
    opening,
    spelled,
    words,
)

_I = re.IGNORECASE
_PERSON = (
    r"il|elle|ils|elles|quelqu'un|tout le monde|certains|les gens|chef\w*|patron\w*|boss|collègues?"
    r"|amie?s?|copain|copine|femme|mari|mère|père|grand-mère|grand-père|maman|papa|prof\w*"
    r"|relecteur|relectrice|clients?|cliente|avocate?|médecin|voisine?|entraîneu\w*|auteure?|doc"
    r"|documentation"
    r"|article|livre|journal|blog|readme|guide|tutoriel|étude|contrat|loi|circulaire|chatgpt"
    r"|claude|copilot"
    r"|modèle|linter|tribunal|juge|fédération|forum|plombier|propriétaire|soeur|sœur|frère|fils"
    r"|fille|conjoint|partenaire|directeur|directrice|manager|équipe adverse|concurrents?"
)
_SAYS = (
    r"dit|disait|disent|a dit|pense\w*|croit|veut|veulent|voulait|voudrait|aimerait|affirme\w*"
    r"|prétend\w*|écrit|a écrit|recommande\w*|conseille\w*|suggère\w*|suggérait|propose|demande\w*"
    r"|exige\w*|raconte\w*|répond\w*|souhaite\w*|insiste\w*|estime\w*|trouve|explique\w*"
)
_THINGS = (
    r"les?|la|l'\w+|cet?|cette|ces|c'|une?|tous|toutes|ils?|elles?"  # begin what is said of them
)
_GUARDS = Guards(
    asking=opening(
        r"(?:(?:et|mais|alors|bon|salut|bonjour|ok|donc|dis|au fait)[, ]+){0,2}"
        r"(?:qu'est-ce|est-ce|qui est-ce|que (?:faut|dois|peut|penses)|quoi|quand|où|comment"
        r"|pourquoi|combien|quel(?:le)?s?|lequel|laquelle|peux-tu|pouvez-vous|pourrais-tu"
        r"|pourriez-vous|peut-on|faut-il|dois-je|doit-on|devrait-on|devrions-nous|as-tu|avez-vous"
        r"|es-tu|êtes-vous|sais-tu|savez-vous|tu (?:te )?(?:préfères|sais|crois|penses|peux"
        r"|souviens|utilises)|vous (?:préférez|savez|pensez|pouvez)|y a-t-il|a-t-on|est-il|est-elle"
        r"|aurais-tu|je me demande|on se demande|j'aimerais savoir|je voudrais savoir|explique\w*"
        r"|une idée|ça vaut|vaut-il)"
    ),
    premise=opening(
        r"(?:(?:bon|ok|alors|et)[, ]+)*(?:puisque|maintenant que|comme|vu que|depuis que) "
    ),
    telling=opening(
        r"ce qui (?:a|nous|m)\b[^:?]*:|tu peux (?:m'appeler|te passer|arrêter|oublier)"
    ),
    supposed=opening(
        r"(?:par exemple|p\. ?ex\.)|(?:(?:et|mais|alors|bon|ok|donc)[, ]+){0,2}"
        r"(?:si (?!possible|c'est possible)|s'il|imagine\w*|imaginons|suppos\w+|admettons"
        r"|mettons que"
        r"|disons que|à supposer|au cas où|peut-être|sans doute|probablement|éventuellement"
        r"|hypothétiquement|en théorie|je crois|je pense|je suppose|je doute|j'imagine|quand (?:on"
        r"|nous|je|tu|vous)|lorsque|dès que|avant de|avant que|tant que|comme si|il se peut"
        r"|il paraît|on dirait|faisons comme si|fais comme si)"
    ),
    supposing=words(r"si|s'il|imagine\w*|supposons|admettons|au cas où|comme si"),
    supposed_before=opening(r"(?:imagin\w+|suppos\w+|admettons|disons que|faisons comme si)"),
    maybe=words(
        r"peut-être|sans doute|probablement|éventuellement|un jour|un de ces jours|hypothétiquement"
        r"|(?!aimerais que|voudrais que)\w+(?:erais|erait|erions|eraient|irais|irait|irions|drais"
        r"|drait)|devrai(?:s|t)|aurai[st]"
        r"|serai[st]|pourrai[st]|faudrait|il paraît|paraît-il|apparemment|soi-disant|presque|failli"
    ),
    reported=words(
        rf"(?:{_PERSON}) (?:\w+ ){{0,2}}?(?:{_SAYS})|(?:{_SAYS})[ -](?:\w+ ){{0,1}}?(?:{_PERSON})"
        r"|selon|d'après (?!moi|nous|ton|ta|tes)|au dire de|j'ai (?:lu|entendu)|on (?:m'a dit"
        r"|dit que|raconte)|il paraît"
        r"|paraît-il|apparemment|soi-disant|rumeurs?|citation|je cite|(?-i:[A-Z][a-zé]+) (?:dit"
        r"|a dit|pense|veut|écrit|affirme)"
    ),
    reporting=opening(
        rf"(?:(?:mon|ma|mes|le|la|les|son|sa|ses|un|une|notre) "
        rf"|l')?(?:{_PERSON}) (?:\w+ )?(?:{_SAYS})"
    ),
    reported_after=re.compile(
        spelled(
            r"[»”\"]?,? (?:dit|disait|répondit|a dit|a répondu|écrit|pense|affirme|murmura|lança"
            r"|s'écria)[- ](?:il|elle|on|le|la|mon|ma|un|une)\b|[»”\"], (?:a|dit|selon)\b"
            r"|, d'après (?!moi)|, selon "
        ),
        _I,
    ),
    own_labels=listed(
        """
        note notes retenir retiens info infos important contexte décision décidé règle règles
        consigne préférence ps rappel remarque mémo correction résumé statut précision noter
        savoir fyi update primo secundo enfin
        """
    ),
    fiction=opening(
        r"(?:s'il te plaît[, ]+)?(?:imagine\w*|imaginons|fais comme si|faisons comme si|jou(?:e"
        r"|ons)"
        r"|tu es (?:maintenant |désormais )?(?:un|une|le|la|mon|ma)\b|vous êtes (?:un|une|le|la)\b"
        r"|jeu de rôle|(?:écris|écrivez|rédige|rédigez|invente|compose)(?:[- ](?:moi|nous))?"
        r" (?:un|une|le|la|des|mon|ma) (?:\w+ ){0,3}?(?:histoire|scène|poème|dialogue|monologue"
        r"|chanson|sketch|conte|roman|chapitre|lettre|mail|courriel|e-mail|message|discours|article"
        r"|billet|tweet|blague|scénario|texte|post|nouvelle|phrase)|dans (?:l'|cette |mon |ma "
        r"|le |la |ce )?(?:histoire|scène|conte|rêve|film|roman|jeu|pièce|livre))"
    ),
    taken_back=opening(
        r"(?:(?:oh|ah|euh|hum|oups|pardon|désolée?|ok|bon|attends?|attendez)[,.! ]+){0,2}(?:non"
        r"|finalement non|en fait non|laisse tomber|laissez tomber|oublie(?:z)?(?: ça| cela"
        r"| ce que)?"
        r"(?=\s*[,.!]|$| ce que)|annule|je (?:plaisante|rigole|blague|déconne)|c'est (?:faux"
        r"|une blague"
        r"|pas vrai)|c'était (?:une blague|faux|pour rire)|blague à part|pour rire|mdr|lol|haha"
        r"|ptdr|je me suis trompée?|je retire|ne (?:retiens|note|garde|mémorise|retenez|notez) pas"
        r"|n'enregistre pas|pas vraiment|attends|attendez|correction|n'importe quoi)"
    ),
    taken_back_inside=words(
        r"pas moi|moi non|moi pas|je plaisante|je rigole|je blague|je déconne|laisse tomber"
        r"|oublie ça|mdr|ptdr|lol|haha|finalement non|en fait non|pour rire"
    ),
    withdraws=opening(
        r"(?:(?:non|ah|oh|euh|pardon|ok|attends)[,.! ]+)*(?:oublie|oubliez|ignore|ignorez|annule"
        r"|efface"
        r"|laisse tomber|laissez tomber)(?: (?:ça|cela|ce que (?:je viens de dire|j'ai dit)))?"
        r"(?: finalement| s'il te plaît| stp)?(?=\s*[^\w\s]|$)"
    ),
    mistaken=opening(
        r"(?:(?:(?:ha)+ha?|mdr|lol)[,.! ]+)*(?:(?:non|ah|oh|euh|pardon|ok"
        r"|attends)[,.! ]+)*(?:je me suis (?:trompée?|mélangée?)|c'était (?:une"
        r" (?:blague|erreur)|faux|pour rire)|c'est faux|je (?:plaisante|rigole|blague|plaisantais"
        r"|rigolais)|j'ai (?:confondu|dit une bêtise)|je retire ce que j'ai dit)(?=\s*[^\w\s]|$)"
    ),
    unkept=words(
        r"(?:ne|n') ?(?:le |la )?(?:retiens|retenez|note|notez|garde|gardez|enregistre|enregistrez"
        r"|mémorise|mémorisez) (?:pas|rien)"
    ),
    private=words(
        r"entre nous|confidentiel\w*|en confidence|à ne pas (?:retenir|garder|noter|enregistrer)"
        r"|(?:ne|n') ?(?:le |la |l')?(?:retiens|retenez|note|notez|garde|gardez|enregistre"
        r"|enregistrez|mémorise|mémorisez) (?:surtout )?(?:pas|rien)|garde ça pour toi"
        r"|gardez ça pour vous|sans (?:le |la )?(?:retenir|enregistrer|mémoriser)"
    ),
    hyperbole=words(r"quand les poules auront des dents|manger mon chapeau"),
    joking=words(r"pas moi|moi non|moi pas|mdr|ptdr|lol|haha\w*|je plaisante|je rigole|pour rire"),
    fleeting=words(
        r"pour (?:cette|la prochaine|l'instant|la présente) ?(?:\w+ )?(?:réponse|question|tâche"
        r"|fois"
        r"|page|fonction|ligne|liste|image|scène|lettre|recette|session|partie)?|pour ce (?:\w+ )?"
        r"(?:texte|message|mail|paragraphe|fichier|test|chapitre|tableau|cas|soir|coup|document)"
        r"|(?:dans|à|sur|avec) (?:cette|ce|cet|la présente) (?:\w+ )?(?:réponse|fonction|lettre"
        r"|page|ligne|liste|phrase|scène|méthode|classe|tableau|paragraphe|texte|message|mail"
        r"|fichier"
        r"|exemple|section|étape|commit|script|chapitre|tâche|document|image|graphique|brouillon)"
        r"|cette fois(?:-ci)?|juste (?:cette fois|une fois)|une seule fois|exceptionnellement"
        r"|(?<!d')(?<!dès )aujourd'hui|ce soir|ce matin|cet après-midi|demain|en ce moment"
        r"|pour le moment|pour l'heure"
        r"|provisoirement|temporairement|tout de suite|jusqu'à (?:demain|lundi|mardi|mercredi|jeudi"
        r"|vendredi|nouvel ordre)|deux (?:minutes|secondes)|un instant|un moment"
    ),
    here=re.compile(
        r"(?i)^(?!.*\b(?:je|j|on|nous|notre|nos|mon|ma|mes|chez)\b).*\bici\W*$", re.DOTALL
    ),
    task=opening(
        r"(?:(?:s'il te plaît|stp|peux-tu|pourrais-tu|maintenant|puis|ensuite|ok|bon|et"
        r"|alors)[, ]+)"
        r"{0,3}(?:fais|écris|écrivez|rédige|corrige|répare|crée|génère|ajoute|construis|supprime"
        r"|enlève"
        r"|remplace|change|modifie|traduis|résume|explique|montre|trouve|cherche|liste|compare"
        r"|vérifie"
        r"|aide|raccourcis|trie|calcule|dessine|planifie|décris|analyse|raconte|reformule|optimise"
        r"|prépare|imagine|faites|corrigez|traduisez|résumez|remplacez|ajoutez)(?:-(?:moi|le|la"
        r"|les))?"
    ),
    story=words(
        r"hier|avant-hier|l'autre jour|récemment|la (?:semaine|nuit|fois) (?:dernière|passée)"
        r"|le (?:mois|week-end) (?:dernier|passé)|l'an(?:née)? (?:dernière?|passée?)"
        r"|(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) dernier|ce matin"
        r"|il y a (?:\w+ )?(?:heures?|jours?|semaines?|mois|ans?|années?)|autrefois|jadis"
    ),
    consequence=words(
        r"(?:et|mais|puis|depuis|du coup) .{0,40}(?:planté|cassé|marche plus|fonctionne plus|échoué"
        r"|plante|en panne)"
    ),
    of_change=words(
        r"pass[ée]+s?|migr\w+|remplac\w+|chang\w+|bascul\w+|troqu\w+|choisi\w*|décid\w+|opté"
        r"|d'accord|abandonn\w+|laissé tomber|revenu\w*|adopté\w*|convenu\w*|n'\w+ plus|ne \w+ plus"
        r"|renomm\w+|reporté\w*|déplacé\w*"
    ),
    people=words(r"je|j|on|nous|mon|ma|mes|notre|nos|moi|me|m"),
    noting=opening(r"par défaut|en général|en règle générale|dans ce cas|sachez que"),
    notice=opening(
        r"notez|veuillez noter|à noter que|il (?:est|convient) (?:à|de) noter"
        rf"|(?:{_THINGS})\b.*\bpar défaut\W*$|par défaut,? (?:{_THINGS})\b"
        r"|.*\b(?:est|sont|a|ont|peut|peuvent|pourra|sera|seront)\b.*\bpar défaut\W*$"
    ),
    past_habit=words(
        r"avant, (?:on|je|nous)|autrefois|jadis|à l'époque|dans le temps|quand j'étais"
        r"|(?:étant|quand j'étais) (?:enfant|étudiante?|petite?)|dans ma jeunesse|par le passé"
        r"|(?:on|je|nous|j') ?(?:utilis|préfér|fais|employ)ai(?:s|t|ons)"
    ),
)
_VOICE = Voice(
    own=re.compile(
        r"(?i)\b(?:je|j|on|nous|mon|ma|mes|notre|nos|moi|me|m)\b|"
        + spelled(
            r"\b(?:toujours|jamais|désormais|dorénavant|à l'avenir|à partir de|par défaut"
            r"|systématiquement|s'il te plaît|s'il vous plaît|stp|svp|ne|n|plus|pas de|évite\w*"
            r"|arrête\w*|cesse\w*|appelle\w*|décidé|retenir|noter|remplacé\w*|pas|correction"
            r"|en fait|non|pardon|oublie\w*|règle|au lieu|plutôt)\b"
        )
    ),
    first_person=words(r"je|j|moi|me|m|mon|ma|mes"),
    mine=opening(r"je|j(?=')|mon|ma|mes|moi"),
    style=words(
        r"réponse\w*|répond\w*|unités?|métrique|celsius|fahrenheit|émojis?|ton|langue|langage"
        r"|français|anglais|allemand|espagnol|orthographe|puces|court\w*|concis\w*|brè\w+|bref\w*"
        r"|spoilers?|tuto\w+|tutoi\w+|vouvoi\w+|vouvoy\w+|listes? à puces"
    ),
    everywhere=words(
        r"dans tous (?:mes|nos) \w+|dans toutes (?:mes|nos) \w+|pour tous mes \w+|partout"
        r"|quel que soit le projet|dans tous les projets|dans chaque projet|en toutes circonstances"
    ),
    explicit=opening(
        r"(?:(?:s'il te plaît|stp|peux-tu|pourrais-tu|je veux que tu)[, ]+)*(?:retiens|retenez|note"
        r"|notez|souviens-toi|souviens toi|souvenez-vous|n'oublie pas|n'oubliez pas"
        r"|garde (?:en tête"
        r"|à l'esprit)|gardez à l'esprit|rappelle-toi|rappelle toi|rappelez-vous|sache|sachez"
        r"|veuillez noter|mémorise\w*|enregistre\w*|à (?:retenir|noter|savoir)|prends note"
        r"|pense-bête)"
    ),
    asked_at_end=re.compile(
        spelled(
            r"\s*[,;–—-]+\s*(?:et )?(?:retiens-le|retiens|retenez-le|note-le|notez-le|souviens-t'en"
            r"|à retenir|à noter|garde-le en tête|mémorise-le|n'oublie pas|rappelle-toi)"
            r"(?:,? (?:s'il te plaît|s'il vous plaît|stp|svp|bien))?\s*[.!]*$"
        ),
        _I,
    ),
    credential=re.compile(
        spelled(
            r"\b(?:mot de passe|mdp|code (?:pin|secret|wifi|d'accès)|identifiants?|clé (?:api"
            r"|secrète|privée"
            r"|wifi)|phrase de passe|jeton|mots de passe)\b.{0,30}?(?:est|c'est|sont|=|:)(?=\s)"
        ),
        _I,
    ),
    negation=words(
        r"ne|n(?=')|pas|plus|jamais|rien|aucune?|sans|ni|évite\w*|éviter|arrête\w*|cesse\w*|contre"
        r"|abandonn\w+|laissé tomber|au lieu|plutôt que|déteste|oublie\w*|refuse\w*"
    ),
    contrast=words(
        r"de|d(?=')|au lieu|plutôt|remplac\w+|pass\w+|migr\w+|troqu\w+|bascul\w+|préfèr\w+|mieux"
        r"|revenu\w*|contre|laissé|abandonn\w+"
    ),
    change=words(
        r"pardon|trompée?|correction|maintenant|désormais|dorénavant|à partir|au lieu|plutôt"
        r"|ne \w+ plus|n'\w+ plus|en fait"
        r"|finalement|pass[ée]+s?|migr\w+|remplac\w+|chang\w+|bascul\w+|décid\w+|choisi|nouve\w+"
        r"|entre-temps|de nouveau|à nouveau|renomm\w+|report\w+|déplac\w+|arrêté|plus"
    ),
    forget=opening(r"(?:s'il te plaît[, ]+)?oublie[zs]?"),
    left=r"de|plus|plus de|pas|pas de|au lieu de|plutôt que|que|contre",
    template=listed(
        """
        nous je on utilise utiliser plus pas jamais toujours ne préfère proposer éviter est sont
        le la les un une des de du dans en avec pour à et ou nom utilisateur
        """
    ),
)
_FUNCTION = listed(
    """
    à ai aime aimerais ainsi alors au aucun aucune aussi autre autres aux avec avez avoir avons
    bien c'est ça car ce cela ces cet cette chez comme d dans de depuis des désormais deux dire
    dis dit dois donc donne donner donnez dorénavant du elle elles en encore envisage envisageons
    est et étaient était être eux fais fait faire faut il ils j'ai j je jamais l la le les leur
    lui m ma mais me même mes met mets mettez moi mon n n'utilise ne ni nos notre nous on ont ou
    où oublie oubliez par parce pas passé passés passée passe passons penche penchons pendant peu
    peut plaît plus plutôt pour préfère préférons propose proposer puis qu que quel quelle qui
    quand quoi rappelle remplacé remplacée retiens retenir s sa sans se ses si soit sommes son
    sont souviens sous suis sur svp stp t ta te tes toi ton toujours tous tout toute toutes très
    trop tu un une utilise utilisons utiliser va vais vers veux vos votre vous y écris écrivez
    réponds répondez note notez appelle arrête arrêter maintenant choisi décidé opté accord sert
    sers migré abandonné laissé tomber évite éviter cesse cessez dès partir avenir jour fois
    noter s'il n'oublie
    """
)
TERMS = Terms(
    code="fr",
    cut=onwards(
        r"\s+(?:(?:maintenant|désormais|depuis|hier|aujourd'hui|récemment|déjà|encore|aussi|ici|là"
        r"|parce|car|puisque|quand|lorsque|qui|que|qu'\w+|où|dont|si|mais|avant|après|s'il (?:te"
        r"|vous) plaît|stp|svp|toujours|jamais|partout|il y a|la (?:semaine|fois) dernière"
        r"|le mois dernier"
        r"|l'an dernier|cette année|au printemps|en (?:janvier|février|mars|avril|mai|juin|juillet"
        r"|août|septembre|octobre|novembre|décembre)|chez nous|et (?:je|on|nous|il|elle|ça|c'est"
        r"|le|la|les|mon|ma|mes|notre|nos|pas|plus|jamais|maintenant|toujours))\b)"
        rf"|\s*[,;:()–—!?\"«»{MASK}]|\s-\s|\.\s"
    ),
    determiner=re.compile(
        spelled(
            r"^(?:(?:les?|la|une?|des|du|de la|de|notre|nos|mon|ma|mes|ton|ta|tes|votre|vos"
            r"|tous les|toutes les|tout|seulement|juste|aucune?|aux?|à)\s+|(?:de l|l|d|à l)')"
        ),
        _I,
    ),
    deictic=re.compile(
        spelled(
            r"(?:ce|cet|cette|ces|ça|cela|ceci|celui\S*|celle\S*|ceux|celles|il|elle|ils|elles"
            r"|lui|eux"
            r"|leur|moi|toi|nous|vous|tout|rien|autres?|même|mêmes|quoi|que|qui|comment|quand"
            r"|pourquoi|plus|moins|mieux|pas|là|ici|y|en|se|neuf|neuve|deux|plusieurs)\b"
        ),
        _I,
    ),
    ordinal=re.compile(
        spelled(
            r"(?:premi(?:er|ère)|deuxième|seconde?|troisième|derni(?:er|ère)|précédente?|prochaine?"
            r"|autre|nouve(?:au|lle|l)|vieux|vieille|ancien(?:ne)?|neuf|neuve)"
            r"s?(?: (?:option|version|solution|idée|exemple|branche|proposition|approche))?$"
        ),
        _I,
    ),
    several=re.compile(r"\s*(?:,|/|\+|&|\bet\b|\bou\b|\bainsi que\b)\s*"),
    tail=onwards(
        r"\s+(?:pour|dans|en|sur|à|au|aux|avec|sans|par|chez|vers|comme|contre|sous|depuis|plutôt"
        r"|selon|pendant|entre|via|lors|grâce)\b|\s+(?:de|du|des|d')(?=\s*(?:notre|nos|mon|ma|mes"
        r"|l'équipe)\b)"
    ),
    function=_FUNCTION,
    head=re.compile(
        spelled(
            r"(?:(?:les?|la|une?|des|du|de la|cet?|cette|ces|son|sa|ses|leurs?|ton|ta|tes)\s"
            r"|(?:de )?l')"
        ),
        _I,
    ),
    elided=re.compile(r"(?i)\b(?:[cdjlmnst]|qu|jusqu|lorsqu)['’]"),
)
FRENCH = Tongue(code="fr", guards=_GUARDS, voice=_VOICE, terms=TERMS)
