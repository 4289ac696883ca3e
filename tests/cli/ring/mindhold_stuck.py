"""A keyring that hangs while it is looked for, before it is asked for anything."""

import threading

threading.Event().wait()
