"""What may stand in the attachment library, and what kind of thing it is.

No ORM in here. The rules look at the name and at the first bytes, so a program does not
pass under the name of a picture.
"""

import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import PurePosixPath

#: run by a double click on some desktop; nobody sends these to a client
PROGRAM_EXTENSIONS = frozenset(
    "apk app application appx bat cmd com cpl deb dll dmg exe gadget hta iso jar js jse"
    " lnk msc msi msix msp ps1 ps2 psc1 reg rpm scf scr sh sys url vb vbe vbs ws wsc"
    " wsf wsh xll".split()
)
#: the first bytes of Windows, Linux and macOS programs and of scripts
PROGRAM_HEADS = (
    b"MZ",
    b"\x7fELF",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xcf\xfa\xed\xfe",
    b"#!",
)

KINDS_BY_EXTENSION = {
    "document": "doc docm docx dot dotx odt ott rtf txt md pages",
    "spreadsheet": "xls xlsb xlsm xlsx ods ots csv tsv numbers",
    "presentation": "ppt pptm pptx pps ppsx odp key",
    "archive": "zip 7z rar tar gz bz2 xz",
}
_KINDS = {
    extension: kind
    for kind, extensions in KINDS_BY_EXTENSION.items()
    for extension in extensions.split()
}


@dataclass(frozen=True)
class Upload:
    """One file as it came in: its name on the user's disk and its bytes."""

    file_name: str
    raw: bytes

    @property
    def checksum(self):
        """Return the checksum by which the host keeps files (SHA-1, hexadecimal)."""
        return hashlib.sha1(self.raw).hexdigest()

    def problem(self, size_limit):
        """Return why the library does not take the file, ``None`` if it does.

        :param int size_limit: bytes
        :return: ``"name"``, ``"empty"``, ``"size"`` or ``"program"``

        >>> Upload("price.pdf", b"%PDF-1.7").problem(100)
        >>> Upload(" ", b"x").problem(100)
        'name'
        >>> Upload("price.pdf", b"").problem(100)
        'empty'
        >>> Upload("price.pdf", b"%PDF-1.7").problem(7)
        'size'
        >>> Upload("price.pdf.exe", b"x").problem(100)
        'program'
        >>> Upload("holiday.jpg", b"MZ\\x90").problem(100)
        'program'
        """
        if not clean_name(self.file_name):
            return "name"
        if not self.raw:
            return "empty"
        if len(self.raw) > size_limit:
            return "size"
        if extension(self.file_name) in PROGRAM_EXTENSIONS:
            return "program"
        return "program" if self.raw.startswith(PROGRAM_HEADS) else None


def clean_name(file_name):
    r"""Return a file's name without folders and control characters.

    >>> clean_name("C:\\Users\\x\\Price list.pdf")
    'Price list.pdf'
    >>> clean_name("../../etc/passwd\n")
    'passwd'
    >>> clean_name(None)
    ''
    """
    name = (file_name or "").replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(char for char in name if char.isprintable()).strip(" .")


def title(file_name):
    """Return what a person calls the file: its name without the extension.

    >>> title("Price list 2026.v2.pdf")
    'Price list 2026.v2'
    >>> title("README")
    'README'
    """
    return PurePosixPath(clean_name(file_name)).stem


def extension(file_name):
    """Return the extension in lower case, without its dot.

    >>> extension("A.TAR.GZ")
    'gz'
    >>> extension("README")
    ''
    """
    return PurePosixPath(clean_name(file_name)).suffix.lower().lstrip(".")


def kind(file_name, mimetype):
    """Return the kind of a file that users know.

    >>> kind("a.pdf", "application/pdf"), kind("b.JPG", "image/jpeg")
    ('pdf', 'image')
    >>> kind("c.xlsx", None), kind("d.bin", "application/octet-stream")
    ('spreadsheet', 'other')
    """
    mimetype = mimetype or mimetypes.guess_type(file_name)[0] or ""
    if mimetype == "application/pdf":
        return "pdf"
    family = mimetype.partition("/")[0]
    if family in ("image", "audio", "video"):
        return "image" if family == "image" else "media"
    return _KINDS.get(extension(file_name), "other")


def human_size(size):
    """Return a number of bytes as people write it, in units of 1024.

    >>> human_size(900), human_size(134217728), human_size(1536)
    ('900 B', '128 MB', '1.5 KB')
    """
    for unit in ("B", "KB", "MB", "GB"):
        if size < 1024 or unit == "GB":
            return f"{size:.1f}".removesuffix(".0") + f" {unit}"
        size /= 1024
    return None
