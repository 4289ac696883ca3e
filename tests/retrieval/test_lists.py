"""Lists of words are read before anyone waits for them."""

import subprocess
import sys
from pathlib import Path

MESSAGES = (
    "is moon up?\nError: moon: no disk",
    "kann das moon machen? der läuft ja durch",
    "est-ce que moon est en panne ?",
    "¿puede hacerlo moon?",
    "京都で会議があります、月はどこ",
    "我们的月亮怎么备份？",
)
HEARD = """
import sys
from pathlib import Path
from holding import asked, made, NOW
from mindhold.beliefs.store import Store
from mindhold.beliefs.text import lists
from mindhold.retrieval.recall import Recall

with Store.open(Path(sys.argv[1])) as store, Recall(store) as recall:
    with store.write(actor="test", now=NOW) as write:
        write.add(made("moon", "月", "京都", id="moon"))
    recall.catch_up()
    asked(recall, "warm")
    lists.read()
    sys.addaudithook(lambda event, told: print(told[0]) if event == "open" else None)
    for message in sys.argv[2:]:
        asked(recall, message)
"""


def test_no_message_waits_for_a_list(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HEARD, str(tmp_path / "home"), *MESSAGES]
    environment = {"PYTHONPATH": f"{Path(__file__).parents[1]}"}
    told = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    read = [line for line in told.stdout.splitlines() if line.endswith((".gz", "forms.txt"))]
    assert read == []
