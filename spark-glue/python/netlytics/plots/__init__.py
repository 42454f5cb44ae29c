"""Pictures of results, from bounded samples. Drawn by matplotlib, which is imported only here."""
