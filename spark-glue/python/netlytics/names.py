"""Names and their aliases, and the nearest names to one that is wrong."""

from difflib import get_close_matches

from netlytics.errors import UsageError


def resolve(name, entries):
    """The entry whose ``name`` or one of whose ``aliases`` is ``name``; None if there is none."""
    for entry in entries:
        if name == entry["name"] or name in entry.get("aliases", ()):
            return entry
    return None


def require(what, name, entries):
    """As ``resolve``, but raises UsageError with the nearest names if there is none."""
    entry = resolve(name, entries)
    if entry is None:
        raise unknown(what, name, entries)
    return entry


def every(entries):
    """Own names first, then aliases."""
    own = [entry["name"] for entry in entries]
    return own + [alias for entry in entries for alias in entry.get("aliases", ())]


def nearest(name, valid, count=2):
    """Up to ``count`` valid names that look like ``name``, best first; case does not matter."""
    by_lower = {}
    for candidate in valid:
        by_lower.setdefault(candidate.lower(), candidate)
    found = get_close_matches(name.lower(), list(by_lower), n=count, cutoff=0.5)
    return [by_lower[lower] for lower in found]


def unknown(what, name, entries):
    """The error for a ``what`` that is not among the entries: the nearest names, or all of them."""
    near = nearest(name, every(entries))
    if near:
        hint = "did you mean " + " or ".join(near) + "?"
    else:
        hint = "valid are " + ", ".join(entry["name"] for entry in entries)
    return UsageError(f'unknown {what} "{name}": {hint}')
