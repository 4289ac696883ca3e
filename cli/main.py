"""The `mindhold` command and its exit codes."""

import typer

from mindhold import __version__

app = typer.Typer(name="mindhold", no_args_is_help=True, pretty_exceptions_enable=False)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"mindhold {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True),
) -> None:
    """Memory that you own, for every LLM you use."""


def main() -> None:
    """Run the command line; the process ends with one of the documented exit codes."""
    app()
