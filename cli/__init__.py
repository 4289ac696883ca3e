"""The owner's hands: the `mindhold` command."""
