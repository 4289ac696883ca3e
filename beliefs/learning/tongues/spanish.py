"""Spanish: how its speakers ask, suppose, report, take back and state."""

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
    r"él|ella|ellos|ellas|alguien|todos|todo el mundo|la gente|algunos|jef[ea]|jefes|compañer[oa]s?"
    r"|colegas?|amig[oa]s?|marido|mujer|esposo|esposa|madre|padre|mamá|papá|abuel[oa]|profe\w*"
    r"|revisor\w*|clientes?|clienta|abogad[oa]|médic[oa]|vecin[oa]s?|entrenador\w*|autor\w*|docs?"
    r"|documentación|artículo|libro|diario|blog|readme|guía|tutorial|estudio|contrato|ley"
    r"|circular|chatgpt"
    r"|claude|copilot|modelo|linter|tribunal|juez|jueza|federación|foro|plomero|fontanero|hermano"
    r"|hermana|hijo|hija|pareja|director\w*|ayuntamiento|competencia|extraño|tipo|supremo|padres"
)
_SAYS = (
    r"dice|dicen|dijo|decía|dijeron|piensa\w*|pensaba|cree\w*|quiere\w*|quería\w*|afirma\w*"
    r"|sostiene"
    r"|escribe|escribió|recomienda\w*|recomendó|aconseja\w*|sugiere\w*|sugirió|propone\w*|propuso"
    r"|pide\w*|pidió|exige\w*|cuenta|contaba|contó|responde|respondió|insiste|asegura\w*"
    r"|prefiere\w*|opina\w*|comenta\w*|comentó|explica\w*"
)
_THINGS = r"el|l[ao]s?|un[ao]?s?|est[aeo]s?|se"  # begin what is said of them
_GUARDS = Guards(
    asking=opening(
        r"(?:(?:y|pero|entonces|bueno|hola|oye|ok|vale|che|pues|por cierto)[, ]+){0,2}"
        r"(?:qué|cuál\w*|cuándo|dónde|cómo|por qué|quién\w*|cuánt[oa]s?|que (?:\w+ ){1,2}(?:usamos"
        r"|uso|tenemos|era)|puedes|puede usted|podrías|podría usted|pueden|podemos|debo|debería"
        r"|deberíamos|hay que|sabes|sabe usted|recuerdas|prefieres|crees|piensas|tienes|es mejor"
        r"|conviene (?:usar|pasar|migrar)|vale la pena|me pregunto|nos preguntamos|quisiera saber"
        r"|me gustaría saber|explica\w*|alguna idea|usamos .{0,40} o )"
    ),
    premise=opening(r"(?:(?:bueno|ok|hola|y)[, ]+)*(?:ya que|ahora que|dado que|como|puesto que) "),
    telling=opening(
        r"como (?:ya )?(?:te |os |le )?(?:dije|he dicho|comenté|mencioné)|lo que (?:nos|me|al"
        r" final)\b[^:?]*:|pued[eo]s? (?:llamarme|decirme|ahorrarte|olvidar\w*)"
    ),
    supposed=opening(
        r"(?:por ejemplo|p\. ?ej\.)|(?:(?:y|pero|bueno|ok|vale|entonces|pues)[, ]+){0,2}"
        r"(?:si (?!es posible)|imagina\w*|imaginemos|supon\w+|supongamos|digamos que|pongamos que"
        r"|en caso de|quizás?|tal vez|a lo mejor|probablemente|posiblemente|seguramente|en teoría"
        r"|hipotéticamente|creo que|pienso que|supongo|dudo que|me imagino|cuando (?:yo|nosotros)?"
        r"|en cuanto|antes de|hasta que|como si|ojalá|parece que|puede que|acaso|haz como si"
        r"|hagamos como)"
    ),
    supposing=words(r"si|imagina\w*|supongamos|en caso de|como si|cuando"),
    supposed_before=opening(r"(?:imagin\w+|supon\w+|digamos que|pongamos|hagamos como)"),
    maybe=words(
        r"quizás?|tal vez|a lo mejor|probablemente|posiblemente|seguramente|algún día"
        r"|hipotéticamente|\w+(?:aríamos|eríamos|iríamos|aría|ería|iría|arían|erían|irían)"
        r"|supuestamente"
        r"|al parecer|por lo visto|dicen que|parece que|casi|estuvimos a punto|estuve a punto"
        r"|podr[íi]a\w*|deber[íi]a\w*|habr[íi]a\w*|ser[íi]a\w*"
    ),
    reported=words(
        rf"(?:{_PERSON}) (?:\w+ ){{0,2}}?(?:{_SAYS})|(?:{_SAYS}) (?:\w+ ){{0,1}}?(?:{_PERSON})"
        r"|según|de acuerdo con|he (?:leído|oído) (?:que|en)|leí|oí|me (?:dijeron|han dicho"
        r"|contaron)"
        r"|se dice|dicen que|al parecer|por lo visto|supuestamente|rumor\w*|cita|cito"
        r"|(?-i:[A-Z][a-zá-ú]+) (?:dice|dijo|piensa|quiere|escribe|afirma)"
    ),
    reporting=opening(
        rf"(?:(?:mi|mis|su|sus|el|la|los|las|un|una"
        rf"|nuestr[oa]) )?(?:{_PERSON}) (?:\w+ )?(?:{_SAYS})"
    ),
    reported_after=re.compile(
        spelled(
            r"[»”\"]?,? ?[—–-]? ?(?:dijo|dice|decía|respondió|contestó|escribió|murmuró|gritó"
            r"|añadió|pensó) (?:él|ella|el|la|mi|un|una|ellos|don|doña|(?-i:[A-Z]))"
        ),
        _I,
    ),
    own_labels=listed(
        """
        nota notas recuerda recuerde recordar recordatorio info importante contexto decisión
        decidido regla reglas norma preferencia pd aviso atención corrección resumen estado
        apunte primero segundo tercero también además anota apunta fyi actualización conste
        """
    ),
    fiction=opening(
        r"(?:por favor[, ]+)?(?:imagina\w*|imaginemos|haz como si|hagamos como si|juega\w*|juguemos"
        r"|(?:tú )?eres (?:ahora )?(?:un|una|el|la|mi)\b|usted es (?:un|una|el|la)\b|juego de rol"
        r"|finge|"
        r"(?:escribe|escríbe|escriba|redacta|redácta|inventa|invénta|compon)(?:me|nos|le|melo)?"
        r" (?:a \w+ )?(?:un|una|el|la|los|las|mi|que|unos|unas) ?(?:\w+ ){0,3}?(?:historia|escena"
        r"|poema|diálogo|monólogo|canción|cuento|novela|capítulo|carta|correo|mail|e-?mail|mensaje"
        r"|discurso|artículo|entrada|tuit|chiste|guion|guión|texto|relato|post|frase)"
        r"|(?:escribe|escríbe)(?:le|les)? a |en (?:el|la|este|esta|mi) (?:historia|escena|cuento"
        r"|sueño|película|novela|juego|libro|guion))"
    ),
    taken_back=opening(
        r"(?:(?:oh|ah|eh|ay|ups|perdón|perdona|lo siento|ok|bueno|espera"
        r"|esperen?)[,.! ]+){0,2}(?:no"
        r"(?=[,.! ]|$)|mejor no|al final no|en realidad no|olvídalo|olvídelo|olvidalo|olvida (?:eso"
        r"|esto|lo que)|déjalo|es (?:broma|coña|chiste|mentira|falso)|era (?:broma|coña|mentira|un"
        r" chiste)|(?:estoy |estaba )?bromeando|bromeo|jaja\w*|jeje\w*|lol|xd|me equivoqué"
        r"|me he equivocado|no es (?:cierto|verdad)|no (?:lo |la )?(?:recuerdes|guardes|anotes"
        r"|apuntes|memorices|registres)|espera|corrección|retiro lo dicho|qué va|mentira)"
    ),
    taken_back_inside=words(
        r"es broma|es coña|era broma|olvídalo|olvida eso|jaja\w*|jeje\w*|lol|mejor no|al final no"
        r"|mentira"
    ),
    withdraws=opening(
        r"(?:(?:no|ah|oh|eh|perdón|ok|espera)[,.! ]+)*(?:(?:olvida|olvide|ignora|ignore|borra"
        r"|cancela|descarta) (?:eso|esto|lo que (?:dije|acabo de decir))|olvídalo|olvídelo|olvidalo"
        r"|déjalo|bórralo)(?: por favor)?(?=\s*[^\w\s]|$)"
    ),
    mistaken=opening(
        r"(?:(?:(?:ja)+ja?|lol)[,.! ]+)*(?:(?:no|ah|oh|eh|perdón|ok"
        r"|espera)[,.! ]+)*(?:me (?:equivoqué|he equivocado|confundí"
        r"|he confundido)|(?:era|es) (?:broma|mentira|coña|un chiste)|no era (?:cierto|verdad)"
        r"|(?:estaba |solo )?bromeaba|(?:estaba )?bromeando|retiro lo dicho)(?=\s*[^\w\s]|$)"
    ),
    unkept=words(
        r"no (?:lo |la |me )?(?:recuerdes|recuerde|guardes|guarde|anotes|apuntes|memorices"
        r"|registres)"
    ),
    private=words(
        r"entre nosotros|entre tú y yo|confidencial\w*|en confianza|no (?:lo |la "
        r"|los )?(?:recuerdes"
        r"|recuerde|guardes|guarde|anotes|anote|apuntes|memorices|registres)(?: (?:esto|eso|nada))?"
        r"|no para guardar|guárdatelo para ti|que no se (?:guarde|recuerde|sepa)|sin guardar\w*"
    ),
    hyperbole=words(r"cuando las ranas críen pelo|me como el sombrero"),
    joking=words(r"(?<=, )(?:yo|nosotros) no|jaja\w*|jeje\w*|lol|xd|es broma|es coña|mentira"),
    fleeting=words(
        r"para (?:esta|la próxima|la presente) (?:\w+ )?(?:respuesta|pregunta|tarea|vez|página"
        r"|función"
        r"|línea|lista|imagen|escena|carta|receta|sesión|parte|tabla)|para este (?:\w+ )?(?:texto"
        r"|mensaje|correo|párrafo|archivo|test|capítulo|caso|documento|gráfico|ejemplo|informe)"
        r"|(?:en|a|con|sobre|de) (?:esta|este|esa|ese|estos|estas) (?:\w+ )?(?:respuesta|función"
        r"|carta"
        r"|página|línea|lista|frase|escena|método|clase|tabla|párrafo|texto|mensaje|correo|archivo"
        r"|ejemplo|sección|paso|commit|script|capítulo|tarea|documento|imagen|gráfico|borrador"
        r"|fila)|en todo el texto|esta vez|por esta vez|solo (?:esta|una) vez|excepcionalmente"
        r"|(?<!de )(?<!desde )hoy"
        r"|esta (?:noche|tarde|mañana|semana)|mañana(?! por)|ahora mismo|por ahora|por el momento"
        r"|de momento|temporalmente|provisionalmente|hasta (?:mañana|el lunes|el martes"
        r"|el miércoles|el jueves|el viernes|nuevo aviso)|un momento|un rato|en esta(?= ponle| usa)"
    ),
    here=re.compile(
        r"(?i)^(?!.*\b(?:yo|nosotros|nuestr\w+|mi|mis|me|nos|\w+amos|\w+emos"
        r"|\w+imos)\b).*\baquí\W*$",
        re.DOTALL,
    ),
    task=opening(
        r"(?:(?:por favor|puedes|podrías|ahora|luego|después|ok|bueno|y|entonces)[, ]+){0,3}"
        r"(?:haz|escribe|redacta|corrige|arregla|crea|genera|añade|agrega|construye|elimina|quita"
        r"|reemplaza|sustituye|cambia|modifica|traduce|resume|explica|muestra|busca|encuentra|lista"
        r"|compara|revisa|ayuda|acorta|ordena|calcula|dibuja|diseña|planifica|describe|analiza"
        r"|cuenta|reformula|optimiza|prepara|inventa)(?:me|nos|lo|la|los|las|le|melo)?"
    ),
    story=words(
        r"ayer|anteayer|antier|anoche|el otro día|recientemente|hace (?:\w+ )?(?:horas?|días?"
        r"|semanas?"
        r"|meses|mes|años?)|la (?:semana|noche) pasada|el (?:mes|año|fin de semana|lunes|martes"
        r"|miércoles|jueves|viernes|sábado|domingo) pasado|esta mañana|antaño|una vez"
    ),
    consequence=words(
        r"(?:y|pero|luego|desde entonces) .{0,40}(?:se rompió|falló|se cayó|no funciona"
        r"|dejó de funcionar|se cuelga|se murió)"
    ),
    of_change=words(
        r"pas\w+|migr\w+|reemplaz\w+|sustitu\w+|cambi\w+|mud\w+|decid\w+|eleg\w+|escog\w+|opt\w+"
        r"|acord\w+|qued\w+|abandon\w+|dej\w+|volv\w+|vuelto|ya no|renombr\w+|aplaz\w+|movi\w+"
    ),
    people=words(
        r"yo|me|mi|mis|nosotr[oa]s|nos|nuestr[oa]s?|prefiero|uso|tengo|\w+(?:amos|emos|imos)"
    ),
    noting=opening(r"(?:por defecto|de forma predeterminada|en general|en este caso)"),
    notice=opening(
        r"nótese|note que|tenga en cuenta|cabe (?:señalar|destacar)|(?:a partir de|de) ahora"
        r" (?:en adelante )?podrá[ns]?"
        rf"|(?:{_THINGS})\b.*\bpor defecto\W*$|por defecto,? (?:{_THINGS})\b"
        r"|.*\b(?:es|son|está|están|ha|han|puede|pueden|será|serán|hay|usa|emplea)\b.*\bpor defecto"
        r"\W*$"
    ),
    past_habit=words(
        r"antes (?:usa|utiliza|tení|hací)\w+|antiguamente|antaño|en aquella época|en otros tiempos"
        r"|cuando era (?:niñ[oa]|estudiante|pequeñ[oa]|joven)|de (?:niñ[oa]|joven|pequeñ[oa])"
        r"|en el pasado|solía\w*|antes(?! (?:que|de)\b)"
    ),
)
_VOICE = Voice(
    own=re.compile(
        r"(?i)\b(?:yo|nosotr[oa]s|me|nos|mi|mis|mío|nuestr[oa]s?|\w+(?:amos|emos|imos))\b|"
        + spelled(
            r"\b(?:siempre|nunca|jamás|a partir de|de ahora en adelante|en adelante|por defecto"
            r"|por favor|no|ya no|nada de|evita\w*|deja\w*|llámame|dime|decidido|recuerda\w*"
            r"|recordar|prefiero|uso|utilizo|soy|cambié|abandoné|corrección|en realidad|perdón"
            r"|olvida\w*|regla|en vez|en lugar|reemplazad[oa]|sustituid[oa]|dudo|dejé|elegí|decidí"
            r"|opté|programo|trabajo|escribo|vivo|odio|detesto|llamarme|decirme)\b"
        ),
    ),
    first_person=words(
        r"vivo|resido|trabajo|tuté\w*|yo|me|mi|mis|conmigo|prefiero|uso|utilizo|soy|llámame|trátame|llamo"
    ),
    mine=opening(r"(?:yo|mi|mis|me|soy|tengo|vivo|trabajo|prefiero|uso)\b"),
    style=words(
        r"respuestas?|respond\w*|respónde\w*|contest\w*|unidades|métric\w*|celsius|fahrenheit"
        r"|emojis?"
        r"|tono|lengua\w*|idioma|español|castellano|inglés|francés|alemán|ortografía|viñetas"
        r"|cort[oa]s?|breves?|concis[oa]s?|spoilers?|tuté\w+|usted|vos|voseo|tráta\w*|trata\w*"
    ),
    everywhere=words(
        r"en tod[oa]s (?:mis|nuestr[oa]s) \w+|para tod[oa]s (?:mis|nuestr[oa]s) \w+|en todas partes"
        r"|en cualquier proyecto|en todos los proyectos|en cada proyecto|para cualquier tema"
    ),
    explicit=opening(
        r"(?:(?:por favor|puedes|podrías|quiero que)[, ]+)*(?:recuerd[ae]\w*|recuérd\w+"
        r"|apunt[ae]\w*"
        r"|apúnt\w+|anot[ae]\w*|anót\w+|ten (?:en cuenta|presente)|tenga (?:en cuenta|presente)"
        r"|tened en cuenta|no (?:te )?olvid\w+|no se olvide|acuérd\w+|acuerdate|toma nota|tome nota"
        r"|memoriza\w*|guarda\w*|para recordar|que conste|para que conste|nota(?=:))"
    ),
    asked_at_end=re.compile(
        spelled(
            r"\s*[,;–—-]+\s*(?:y )?(?:por favor,? )?(?:recuérdalo|recuérdala|recuérdelo|recuerdalo"
            r"|apúntalo|apuntalo|anótalo|anotalo|tenlo en cuenta|téngalo en cuenta|no lo olvides"
            r"|memorízalo|guárdalo)(?:,? por favor)?\s*[.!]*$"
        ),
        _I,
    ),
    credential=re.compile(
        spelled(
            r"\b(?:contraseña|clave|pin|código (?:pin|secreto|de acceso)|credenciales"
            r"|frase de paso|token"
            r"|contraseñas|claves)\b.{0,40}?(?:es|son|=|:)(?=\s)|contraseña(?= de)"
        ),
        _I,
    ),
    negation=words(
        r"no|nunca|jamás|nada|ningún\w*|ningun[oa]s?|sin|ni|ya no|evita\w*|deja\w*|dejé|dejamos"
        r"|dejado|contra|abandon\w+|en vez|en lugar|antes que|odio|detesto|olvid\w+|basta"
    ),
    contrast=words(
        r"de|del|por|en vez|en lugar|reemplaz\w+|sustitu\w+|pas\w+|migr\w+|cambi\w+|prefier\w+"
        r"|prefer\w+|vuelto|volv\w+|sino|dej\w+|abandon\w+"
    ),
    change=words(
        r"perdona?|perdón|me equivoqué|corrección|ahora|en vez|en lugar|ya no|a partir de"
        r"|de ahora en adelante|en realidad|finalmente"
        r"|al final|pas\w+|migr\w+|reemplaz\w+|sustitu\w+|cambi\w+|decid\w+|eleg\w+|nuev[oa]s?"
        r"|mientras tanto|de nuevo|otra vez|vuelto|renombr\w+|aplaz\w+|movi\w+|dej\w+|sino|más"
    ),
    forget=opening(r"(?:por favor[, ]+)?olvid[ae]\w*"),
    left=r"de|no|ya no|en vez de|en lugar de|que|contra|sin",
    template=listed(
        """
        nosotros yo usa usamos usar no ya nunca siempre prefiere proponer evitar es son el la los
        las un una unos unas de del en con para a y o nombre usuario más
        """
    ),
)
_FUNCTION = listed(
    """
    a acordamos acuerdo adelante ahora al algo algún alguna ante antes aquí así aunque bien cada
    casi como con contra cosa cual cuál cuando cuenta da dame de deja dejamos dejé dejar del
    desde donde dos e el él ella ellas ellos elegimos en entonces entre era eres es esa ese eso
    esta está están estamos estar este esto estoy estos estas fue gusta ha hace hacer hacia han
    hasta hay he hemos hicimos la las le les lo los llama llamo llámame más me mejor mi mis
    mientras mucho muy nada ni ningún ninguna no nos nosotros nuestra nuestras nuestro nuestros
    nunca o olvida olvides otra otro para pasé pasamos pase pensando pero pon pongas por porque
    prefiero preferimos propongas proponerme puede puedes pues que qué quien quién quiero
    quisiera recuerda se según ser si sí siempre sin sino sobre solo sólo son soy su sugieras sus
    tal también tan te tenemos tengo ti todo todos toda todas tu tú tus un una unas uno unos usa
    usamos usar uses uso usas utilizo utilizamos va vamos vez vos voy y ya yo favor decidido
    migrado cambiado vuelto cambié migramos reemplazado reemplazamos sustituimos sustituido
    optamos quedamos responde respóndeme escribe escribimos desplegamos apunta anota ten presente
    partir nota inclinamos consideramos dudo sabemos todavía aún trabajamos trabajo hechas hecho
    hecha llevamos haz hazme cita cítame
    """
)
TERMS = Terms(
    code="es",
    cut=onwards(
        r"\s+(?:(?:ahora|ya|desde|ayer|hoy|recientemente|también|aquí|allí|porque|pues|que|cuando"
        r"|donde|quien|cual|si|pero|aunque|antes|después|por favor|siempre|nunca|jamás|hace"
        r"|la semana pasada"
        r"|el mes pasado|el año pasado|este año|este ano|más|en primavera|en (?:enero|febrero"
        r"|marzo|abril|mayo"
        r"|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)|y (?:yo|nosotros|es|el|la"
        r"|los|las|mi|mis|nuestr\w+|no|ya|nunca|siempre|ahora|me|nos|lo))\b)"
        rf"|\s*[,;:()–—!?\"«»¿¡{MASK}]|\s-\s|\.\s"
    ),
    determiner=re.compile(
        spelled(
            r"^(?:el|la|los|las|un|una|unos|unas|lo|al|del|nuestr[oa]s?|mis?|tus?|sus?"
            r"|tod[oa]s? (?:el|la"
            r"|los|las)|tod[oa]s?|solo|ningún|ninguna|nada con|nada de|más|a|de)\s+"
        ),
        _I,
    ),
    deictic=re.compile(
        spelled(
            r"(?:est[eao]s?|es[eao]s?|ést[eao]s?|aquel\w*|él|ella|ell[oa]s|lo|le|les|me|te|se|nos"
            r"|yo|tú"
            r"|todo|nada|algo|otr[oa]s?|mism[oa]s?|qué|que|quien|cómo|como|cuándo|menos|mejor|así"
            r"|aquí|allí|ahí|un[oa]|nuevo|nueva|dos|varios|eso|usted|ti)\b"
        ),
        _I,
    ),
    ordinal=re.compile(
        spelled(
            r"(?:primer[oa]?|segund[oa]|tercer[oa]?|últim[oa]|anterior|próxim[oa]|siguiente|otr[oa]"
            r"|nuev[oa]|viej[oa]|antigu[oa])s?(?: (?:opción|versión|solución|idea|ejemplo|rama"
            r"|propuesta|variante))?$"
        ),
        _I,
    ),
    several=re.compile(r"\s*(?:,|/|\+|&|\by\b|\be\b|\bo\b)\s*"),
    tail=onwards(
        r"\s+(?:para|en|con|sin|por|a|al|como|contra|sobre|desde|hasta|según|entre|vía|hacia"
        r"|durante|gracias|antes)\b|\s+(?:de|del)(?=\s+(?:nuestr\w+|mi|mis|el equipo)\b)"
    ),
    function=_FUNCTION,
    head=re.compile(
        spelled(r"(?:el|la|los|las|un|una|unos|unas|est[eao]s?|es[eao]s?|sus?|tus?|lo)\s"), _I
    ),
)
SPANISH = Tongue(code="es", guards=_GUARDS, voice=_VOICE, terms=TERMS)
