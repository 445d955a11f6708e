"""A structure as plain lists, which Python reads faster one by one than arrays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assay.game.game import CLOSE, Structure


class Lists:
    """A structure as plain lists."""

    def __init__(self, structure: Structure) -> None:
        self.kind: list[int] = structure.kind.tolist()
        self.mover_start: list[int] = structure.mover_start.tolist()
        self.mover_player: list[int] = structure.mover_player.tolist()
        self.option_start: list[int] = structure.option_start.tolist()
        self.option_weight: list[int] = structure.option_weight.tolist()
        self.joint_start: list[int] = structure.joint_start.tolist()
        self.joint_option = [tuple(option for option in row if option >= 0) for row in structure.joint_option.tolist()]
        self.branch_start: list[int] = structure.branch_start.tolist()
        self.branch_target: list[int] = structure.branch_target.tolist()
        self.branch_row = [tuple(rows) for rows in structure.branch_row.tolist()]
        self.next_point: list[int] = structure.next_point.tolist()

    def joints(self, point: int) -> range:
        """The joint moves of a point."""
        return range(self.joint_start[point], self.joint_start[point + 1])

    def movers(self, point: int) -> range:
        """The mover entries of a point."""
        return range(self.mover_start[point], self.mover_start[point + 1])

    def targets(self, joint: int) -> Iterator[int]:
        """Where a joint move can lead."""
        return iter(self.branch_target[self.branch_start[joint] : self.branch_start[joint + 1]])

    def after(self, point: int) -> Iterator[int]:
        """Where a point can lead within the period."""
        return (target for joint in self.joints(point) for target in self.targets(joint))

    def closure(self, waiting: list[int]) -> set[int]:
        """The points and all that can follow them, in any period."""
        found: set[int] = set()
        while waiting:
            point = waiting.pop()
            if point in found:
                continue
            found.add(point)
            if self.kind[point] == CLOSE:
                waiting.append(self.next_point[point])
            waiting.extend(self.after(point))
        return found

    def before(self, marked: set[int], points: Sequence[int]) -> set[int]:
        """The marked ones and those of `points` (in topological order) that can lead to one, in any period."""
        found = set(marked)
        count = -1
        while count != len(found):  # a period that follows may reach more
            count = len(found)
            for point in reversed(points):
                if point not in found:
                    follows = [self.next_point[point]] if self.kind[point] == CLOSE else self.after(point)
                    if any(target in found for target in follows):
                        found.add(point)
        return found
