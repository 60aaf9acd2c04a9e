"""An edition's twin: the same questionnaire as plain tables, for people who author in Excel. Both ways, nothing lost."""

from phrom.rules.instrument.twin.reading import TwinProblem, edition_of_tables, twin_problems
from phrom.rules.instrument.twin.tables import Table, tables_of
from phrom.rules.instrument.twin.yaml import draft_yaml, yaml_of

__all__ = ["Table", "TwinProblem", "draft_yaml", "edition_of_tables", "tables_of", "twin_problems", "yaml_of"]
