"""Files that a listing found and did not read: how many and why."""


def told(by_reason):
    """``left out: 3 of other days (2017-03-01, …); 1 with names that cannot be read (x\\xff.log)``.

    by_reason: {reason: {"count", "examples"}}; a directory that was not entered counts as one.
    """
    each = []
    for reason, found in by_reason.items():
        more = ", …" if found["count"] > len(found["examples"]) else ""
        each.append(f"{found['count']:,} {reason} ({', '.join(found['examples'])}{more})")
    return f"left out: {'; '.join(each)}"
