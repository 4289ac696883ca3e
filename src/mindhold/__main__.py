"""`python -m mindhold`: the same as the `mindhold` command."""

from mindhold.cli.main import main

if __name__ == "__main__":
    main()
