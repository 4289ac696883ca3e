"""Which string is the name: what stands beside it, what is written onto it, how it is typed."""

from collections.abc import Callable

import pytest
from holding import asked, named

from mindhold.beliefs.model import Belief
from mindhold.beliefs.store import Store
from mindhold.beliefs.text.distance import likely_slip, one_error
from mindhold.beliefs.text.unspaced import is_word
from mindhold.retrieval.recall import Recall

Hold = Callable[..., Belief]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("Kafka", "the Kafka-backed queue", id="an adjective behind a hyphen"),
        pytest.param("Kafka", "a kafka-fed table", id="an irregular participle behind a hyphen"),
        pytest.param("Kafka", "from Kafka-to-Postgres copies", id="a small word behind a hyphen"),
        pytest.param("Kafka", "the Kafka-Cluster is full", id="what it is behind a hyphen"),
        pytest.param("Kafka", "wie groß ist die Kafka-Warteschlange", id="a German noun"),
        pytest.param("Kafka", "is the Kafka Cluster full?", id="what it is, with a capital"),
        pytest.param("Kafka", "does Kafka KRaft need it?", id="a term with its own capitals"),
        pytest.param("Kafka", "Why Our Kafka Topics Went Away", id="title case"),
        pytest.param("Kafka", "ask about Kafka Monday morning", id="a weekday"),
        pytest.param("Anna", "Annas Zug ist weg", id="a genitive before a noun"),
        pytest.param("Godot", "export from godot4.3", id="a dotted version written onto it"),
        pytest.param("Docker", "is it dockerized?", id="a verb made of it"),
        pytest.param("Proxmox", "der Proxmoxserver steht", id="a German compound"),
        pytest.param("Elternrat", "die Elternratssitzung", id="a compound with a link"),
        pytest.param("カフカ", "カフカクラスタが落ちた", id="a katakana compound"),
        pytest.param("サーバー", "サーバが落ちた", id="a long vowel left out"),
        pytest.param("Herr Müller", "ruf Herrn Müller an", id="a German title in another case"),
        pytest.param("дача", "что посадить на даче?", id="a Russian case"),
        pytest.param("李明", "去问李明吧", id="a Chinese name behind a verb"),
        pytest.param("公文", "今日公文に行く", id="a Japanese name behind a noun"),
        pytest.param("Prometheus", "promethius is down", id="a vowel heard wrong in a long name"),
        pytest.param("Redis", "reddis is down", id="a doubled letter in a short name"),
        pytest.param("Postgres", "posgres is down", id="a letter left out"),
        pytest.param("PlatformIO", "platform io upload port?", id="apart, like another grammar"),
        pytest.param("K8s", "k8s upgrade order Thanks!", id="another sentence without a stop"),
        pytest.param("SLA", "does the sla cover weekends?", id="an acronym in a plain question"),
        pytest.param("PO", "the PO for Frey Optik is late", id="an acronym beside names"),
        pytest.param("VM", "is the Ubuntu 24 vm up?", id="a number of something else"),
        pytest.param("Dbt", "Add A Test To Dbt Without A Model", id="title case before grammar"),
    ],
)
def test_it_is_the_name(hold: Hold, store: Store, name: str, text: str) -> None:
    hold("held", name)
    with Recall(store) as recall:
        assert named(recall, text) == ["b0"]


@pytest.mark.parametrize(
    ("name", "text", "rule"),
    [
        pytest.param("ESP32", "does the ESP32-S3 do it?", "hyphen", id="a model of the family"),
        pytest.param("Anna", "Das ist Anna-Lena von oben", "hyphen", id="another first name"),
        pytest.param("REST", "a non-REST design", "hyphen", id="a prefix that negates"),
        pytest.param("Orléans", "la Nouvelle-Orléans en été", "hyphen", id="another town"),
        pytest.param("Fly", "a fly-out menu", "hyphen", id="a particle makes a verb of it"),
        pytest.param("Pico", "a game for the PICO-8", "hyphen", id="a number it never had"),
        pytest.param("React", "is react native worth it?", "longer", id="a family, written small"),
        pytest.param("React", "is react-native worth it?", "hyphen", id="a family with a hyphen"),
        pytest.param("Google", "my Google Pixel is slow", "longer", id="a product of the house"),
        pytest.param("Ender", "is the Ender 5 Plus good?", "longer", id="a number, then a name"),
        pytest.param("Pico", "the Pico W has wifi", "longer", id="a letter tells the model"),
        pytest.param("Proxmox", "is Proxmox Backup Server free?", "longer", id="two more capitals"),
        pytest.param("Redis", "who owns Redis\u00a0Labs?", "longer", id="a no-break space"),
        pytest.param("Swift", "did Jonathan Swift write it?", "longer", id="a family name"),
        pytest.param("Arthur", "was schrieb Arthur Schopenhauer?", "longer", id="a first name"),
        pytest.param("Lena", "echa más leña al fuego", "ending", id="a letter of its own"),
        pytest.param("Thorn", "a song by Bella Thorne", "ending", id="a family name of its own"),
        pytest.param("Nichte", "da ist nichts zu machen", "ending", id="an ending for another"),
        pytest.param("DIE", "ich brauche dies noch heute", "ending", id="grammar with an ending"),
        pytest.param("Teams", "one Team is late", "ending", id="a name without its s"),
        pytest.param("Makefile", "it makes filesystem access safe", "", id="two words' fronts"),
        pytest.param("SLA", "the SLA (Symbionese Liberation Army)", "acronym", id="spelled out"),
        pytest.param("MS", "multiple sclerosis (MS) in young men", "acronym", id="spelled before"),
        pytest.param("PO", "our PO box in Leeds is full", "acronym", id="an entry of a dictionary"),
        pytest.param("PR", "ping went from 5 pr to 40", "acronym", id="a measure"),
        pytest.param("PO", "what opens .po files?", "acronym", id="the ending of a file"),
        pytest.param("LoRa", "train a LoRA on my cat", "acronym", id="other capitals within"),
        pytest.param("Claire", "c'est clair", "ending", id="a person's name without its end"),
        pytest.param("Pops", "a pop3 account", "front", id="a number on another form"),
        pytest.param("Rational", "the rationalization of it", "", id="a word with its own ending"),
        pytest.param("Falcon", "une façon de faire", "", id="a French word, and no slip"),
        pytest.param("Warden", "wir warten auf dich", "", id="a German word, and no slip"),
        pytest.param("Nature", "good natured people", "", id="an English form, and no slip"),
        pytest.param("Falcon", "we tried Falkon once", "typo", id="a capital says another name"),
        pytest.param("ESP", "the esp32 is hot", "front", id="a number that is part of the word"),
        pytest.param("京都", "東京都の条例", "script", id="two other words meet in it"),
        pytest.param("もち", "もちろん大丈夫", "script", id="the beginning of another word"),
        pytest.param("Gitea", "a gitee mirror", "typo", id="one letter that makes another name"),
        pytest.param("Falco", "is falcov any good?", "typo", id="a letter behind a short name"),
    ],
)
def test_it_is_something_else(hold: Hold, store: Store, name: str, text: str, rule: str) -> None:
    hold("held", name)
    with Recall(store) as recall:
        found = asked(recall, text)
    assert found.relevant == ()
    assert [refused.rule for refused in found.rejected] == [rule] * bool(rule)


@pytest.mark.parametrize("text", ["caroline called", "ask daniela about it"])
def test_another_persons_name_is_no_misspelling(hold: Hold, store: Store, text: str) -> None:
    hold("aunt", "Carolina")
    hold("uncle", "Daniel")
    with Recall(store) as recall:
        assert named(recall, text) == []


def test_a_list_of_names_between_slashes_names_each(hold: Hold, store: Store) -> None:
    hold("cache", "Redis")
    hold("bus", "Kafka")
    hold("store", "Postgres")
    with Recall(store) as recall:
        assert named(recall, "the redis/kafka/postgres versions") == ["b0", "b1", "b2"]
        assert named(recall, "look at etc/redis/conf again") == []


def test_a_number_behind_a_hyphen_is_a_version_of_what_has_versions(
    hold: Hold, store: Store
) -> None:
    hold("bus", "Kafka", content="Events go through Kafka 3.7.")
    with Recall(store) as recall:
        assert named(recall, "does Kafka-4 need it?") == ["b0"]


def test_what_the_belief_speaks_of_does_not_make_it_longer(hold: Hold, store: Store) -> None:
    hold("bus", "Kafka", content="Kafka Connect copies the orders.")
    with Recall(store) as recall:
        assert named(recall, "is Kafka Connect up?") == ["b0"]
        assert named(recall, "is Kafka Zürich open?") == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("kakfa", "kafka"),
        ("grafanna", "grafana"),
        ("djano", "django"),
        ("kubernetis", "kubernetes"),
    ],
)
def test_a_likely_slip_of_the_hand_or_the_ear(typed: str, meant: str) -> None:
    assert one_error(typed, meant)
    assert likely_slip(typed, meant)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("gitee", "gitea"), ("flank", "flink"), ("daniela", "daniel"), ("carolina", "caroline")],
)
def test_an_unlikely_slip(typed: str, meant: str) -> None:
    assert one_error(typed, meant)
    assert not likely_slip(typed, meant)


def test_characters_are_a_word_where_the_likeliest_cut_leaves_them_whole() -> None:
    assert is_word("今日公文に", 2, 4, japanese=True)
    assert not is_word("公文書の", 0, 2, japanese=True)
    assert is_word("去北京出差", 1, 3, japanese=False)
    assert not is_word("空白茶杯", 1, 3, japanese=False)
    assert is_word("数据库", 0, 3, japanese=False)
