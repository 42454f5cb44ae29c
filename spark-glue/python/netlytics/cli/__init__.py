"""The programs behind scripts/: arguments, session, exit status."""
