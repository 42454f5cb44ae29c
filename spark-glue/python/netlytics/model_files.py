"""Files of models on this machine: there as a whole or not at all."""

import os
import tempfile

from netlytics.errors import NetlyticsError, UsageError


def local(path):
    """The path on this machine. Raises UsageError for another file system's."""
    scheme, separator, rest = path.partition("://")
    if not separator:
        return os.path.expanduser(path)
    if scheme != "file":
        raise UsageError(
            f"{path}: without Spark models are saved on this machine: give a path without {scheme}://"
        )
    return rest


def content(path):
    """The bytes of a file. Raises UsageError where there is none."""
    try:
        with open(path, "rb") as file:
            return file.read()
    except (FileNotFoundError, IsADirectoryError) as error:
        raise UsageError(f"there is no model at {path}: {error.strerror}") from error
    except OSError as error:
        raise NetlyticsError("Io", f"cannot read {path}: {error.strerror}", path) from error


def write(path, content, overwrite):
    """Writes a file under a name of its own, and gives it its name once it is on the disk."""
    folder, name = os.path.split(os.path.abspath(path))
    if not overwrite and os.path.lexists(path):
        raise exists(path)
    part = None
    try:
        handle, part = tempfile.mkstemp(prefix=f".{name[:64]}.", dir=folder)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fchmod(file.fileno(), 0o666 & ~umask())
            os.fsync(file.fileno())
        if overwrite:
            os.replace(part, path)
        else:
            # Renaming would replace a file that came meanwhile; a link does not.
            os.link(part, path)
        sync(folder)
    except FileExistsError as error:
        raise exists(path) from error
    except OSError as error:
        raise NetlyticsError("Io", f"cannot write {path}: {error.strerror}", path) from error
    finally:
        if part is not None and os.path.exists(part):
            os.unlink(part)


def sync(folder):
    """Has the folder's new name on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def umask():
    """The process's mask of permissions, which cannot be asked for without setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def exists(path):
    """The error for a file that is not to be replaced."""
    return UsageError(f"there is a file at {path} already: overwrite it, or choose another path")
