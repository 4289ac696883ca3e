"""Where things lie on this machine: the store, the config file, the logs."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from mindhold.proxy.settings import Settings

APP = "mindhold"


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The data directory, the config file and the directory of logs; none need exist yet."""

    home: Path
    config: Path
    logs: Path
    moved: bool = False  # whether MINDHOLD_HOME said so
    named: bool = False  # whether someone named the config file, so that it must be there

    @classmethod
    def find(cls, environ: Mapping[str, str] = os.environ, *, config: Path | None = None) -> Self:
        """What the environment says: MINDHOLD_HOME holds all three, MINDHOLD_CONFIG moves one.

        Without them, the directories that this system keeps for such things. `config` is what
        the command line said and wins.
        """
        named = config.absolute() if config else _path(environ.get("MINDHOLD_CONFIG"))
        home = _path(environ.get("MINDHOLD_HOME"))
        if home:
            return cls(
                home=home,
                config=named or home / "config.yaml",
                logs=home / "logs",
                moved=True,
                named=named is not None,
            )
        import platformdirs

        return cls(
            home=platformdirs.user_data_path(APP, appauthor=False),
            config=named or platformdirs.user_config_path(APP, appauthor=False) / "config.yaml",
            logs=platformdirs.user_log_path(APP, appauthor=False),
            named=named is not None,
        )

    def environment(self) -> dict[str, str]:
        """The variables under which another process finds the same places, from anywhere."""
        named = {"MINDHOLD_CONFIG": str(self.config)} if self.named else {}
        return named | ({"MINDHOLD_HOME": str(self.home)} if self.moved else {})

    def settings(self) -> "Settings":
        """What the config file says; the defaults where nobody wrote one. Raises `ConfigError`."""
        from mindhold.proxy.settings import Settings

        if not self.named and not self.config.exists():
            return Settings(home=self.home)
        from mindhold.proxy.config import load

        return load(self.config, home=self.home)


def _path(text: str | None) -> Path | None:
    return Path(text).expanduser().absolute() if text else None
