# The commands of Gestor. Behind them stands tools/gestor.py (Python 3.11 to 3.13).
#
# Variables: DB=name  PORT=number  DEMO=1  ONCE=1  ONLY=stages  ADDONS=names
#            SUITE=bookworm|trixie  AS=root|user  PYTHON=/path/to/python3

PYTHON ?= python3
GESTOR = @$(PYTHON) tools/gestor.py
COMMANDS = run serve stop db drop shell lint fmt test bench i18n fresh clean

export DB PORT DEMO ONCE ONLY ADDONS SUITE AS WHAT

.PHONY: help $(COMMANDS)

help:
	$(GESTOR) --help

$(COMMANDS):
	$(GESTOR) $@
