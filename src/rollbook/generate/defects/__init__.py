"""Known defects in a generated package, and the findings that a checker must have for them.

`kinds` is the table of what can be wrong; `roster` is the package in memory, from which each defect
takes records that no other touches; `plant` chooses, writes and lists what is expected.
"""

from rollbook.generate.defects.plant import plant_defects

__all__ = ["plant_defects"]
