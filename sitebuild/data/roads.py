"""The roads through the site, one for each door of the home page. Pure: text in, roads out."""

from __future__ import annotations

from dataclasses import dataclass

from sitebuild.data.entries import Fields, Row, Wrong, is_list_of_text, whole_entries

_NAMES = ("says", "pages")
_FIELDS = Fields(_NAMES, _NAMES, other=("pages",))


@dataclass(frozen=True, slots=True)
class Road:
    """Pages in the order in which somebody reads them who has come through one door.

    Args:
        door: The id of the door's heading on the home page.
        says: What the reader says who comes through it.
        pages: The pages, relative to the folder of the pages.
    """

    door: str
    says: str
    pages: tuple[str, ...]

    def around(self, page: str) -> tuple[str, str] | None:
        """Return the pages before and after a page, each `""` where there is none; `None` if it is not on the road.

        Args:
            page: The page.
        """
        if page not in self.pages:
            return None
        at = self.pages.index(page)
        return "".join(self.pages[at - 1 : at]) if at else "", "".join(self.pages[at + 1 : at + 2])


def read_roads(text: str) -> tuple[Road, ...]:
    """Read the file of roads.

    Args:
        text: Its text, TOML with one table for each door.

    Raises:
        EntriesError: It is not TOML, or entries are not whole.
    """
    return tuple(
        Road(name, row["says"], tuple(row["pages"])) for name, row in whole_entries(text, "road", _FIELDS, _wrong)
    )


def _wrong(_name: str, row: Row) -> Wrong:
    if not is_list_of_text(row["pages"]):
        yield "pages", 'has pages that are no list of texts; write pages = ["sockets/resets.md"]'
    for page in dict.fromkeys(row["pages"]):
        if row["pages"].count(page) > 1:
            yield "pages", f"goes through {page} twice; name it once"
