"""XML of other people, read without danger: no document type, so no entities; limits of size, depth and count."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from core.errors import InvalidInput
from core.i18n import Text, _

LARGEST_FILE = 10_000_000
DEEPEST = 60
MOST_ELEMENTS = 400_000


def read_xml(content: bytes) -> ET.Element:
    """The root of an XML file of at most 10 MB. Raises InvalidInput, with the line where the file is broken."""
    if len(content) > LARGEST_FILE:
        raise InvalidInput(_("The file is larger than 10 MB. An electronic document is far smaller."))
    if not content.strip():
        raise InvalidInput(_("The file is empty."))
    parser = ET.XMLParser(target=_Builder())
    try:
        parser.feed(content)
        root: ET.Element = parser.close()
    except ET.ParseError as fault:
        raise InvalidInput(_broken(fault)) from fault
    except (LookupError, ValueError) as fault:
        raise InvalidInput(_("The file names an encoding that cannot be read. Ask for it in UTF-8.")) from fault
    return root


def local_name(element: ET.Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _broken(fault: ET.ParseError) -> Text:
    line, column = fault.position
    return _("The file is no XML, or broken off, at line {line}, column {column}.", line=line, column=column + 1)


class _Builder(ET.TreeBuilder):
    def __init__(self) -> None:
        super().__init__()
        self._depth = 0
        self._count = 0

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        """Called by the parser before anything of the document type is read."""
        raise InvalidInput(_("The file brings a document type (DOCTYPE) along, which is not accepted."))

    def start(self, tag: str, attrs: dict[str, str], /) -> ET.Element:
        self._depth += 1
        self._count += 1
        if self._depth > DEEPEST or self._count > MOST_ELEMENTS:
            raise InvalidInput(_("The file is nested too deeply or has too many parts for a business document."))
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> ET.Element:
        self._depth -= 1
        return super().end(tag)
