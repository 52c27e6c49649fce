"""What a drawing is called, for those who do not see it. Pure."""

from __future__ import annotations

from dataclasses import dataclass

import svg


@dataclass(frozen=True, slots=True)
class Naming:
    """What a drawing is called.

    Args:
        id: What the ids in it begin with, unique on the page.
        title: What it shows, in a few words.
        description: All that it shows.
    """

    id: str
    title: str
    description: str

    @property
    def title_id(self) -> str:
        """The id of its title."""
        return f"{self.id}-t"

    @property
    def description_id(self) -> str:
        """The id of its description."""
        return f"{self.id}-d"

    @property
    def elements(self) -> tuple[svg.Element, svg.Element]:
        """What a drawing begins with: its title and its description."""
        return svg.Title(id=self.title_id, text=self.title), svg.Desc(id=self.description_id, text=self.description)

    def role(self, *, links: bool) -> dict[str, str]:
        """Return what a screen reader is told: a drawing is an image, but one with links is a group.

        An image would hide the links in it. Of a group, all but the links is to be hidden.
        """
        if links:
            return {"role": "group", "aria-labelledby": self.title_id, "aria-describedby": self.description_id}
        return {"role": "img", "aria-labelledby": f"{self.title_id} {self.description_id}"}
