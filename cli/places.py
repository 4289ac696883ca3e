"""Where things lie on this machine: the store, the config file, the logs."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

APP = "mindhold"


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The data directory, the config file and the directory of logs; none need exist yet."""

    home: Path
    config: Path
    logs: Path

    @classmethod
    def find(cls, environ: Mapping[str, str] = os.environ, *, config: Path | None = None) -> Self:
        """What the environment says: MINDHOLD_HOME holds all three, MINDHOLD_CONFIG moves one.

        Without them, the directories that this system keeps for such things. `config` is what
        the command line said and wins.
        """
        named = config or _path(environ.get("MINDHOLD_CONFIG"))
        home = _path(environ.get("MINDHOLD_HOME"))
        if home:
            return cls(home=home, config=named or home / "config.yaml", logs=home / "logs")
        import platformdirs

        return cls(
            home=platformdirs.user_data_path(APP, appauthor=False),
            config=named or platformdirs.user_config_path(APP, appauthor=False) / "config.yaml",
            logs=platformdirs.user_log_path(APP, appauthor=False),
        )


def _path(text: str | None) -> Path | None:
    return Path(text).expanduser().absolute() if text else None
