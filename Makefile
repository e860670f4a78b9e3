# Every target sets up what it needs by itself; the second time is quick.
.DEFAULT_GOAL := help
SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
JOBS ?= 3
ARGS ?=
# The first of these that is recent enough and whole (venv and ensurepip) makes the environment.
PYTHONS := $(or $(PYTHON),python3 python3.14 python3.13 python3.12 python3.11)

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help setup up test check bench lock clean

help: ## Cette liste
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' Makefile

setup: $(READY) ## Préparer l’environnement (une seule fois, puis immédiat)

$(READY): requirements-dev.txt pyproject.toml Makefile
	@python=; for one in $(PYTHONS); do \
	  if $$one -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
	  then python=$$one; break; fi; done; \
	if [ -z "$$python" ]; then \
	  echo 'Il faut Python 3.11 ou plus récent avec son module venv : installez-les' \
	       '(sous Debian ou Ubuntu, « sudo apt install python3 python3-venv »), puis relancez la commande.' >&2; \
	  exit 1; fi; \
	echo 'Préparation de l’environnement, une seule fois : une minute environ.' >&2; \
	$$python -m venv $(VENV)
	@$(BIN)/python -m pip install -qq --require-hashes --no-deps --retries 10 -r requirements-dev.txt
	@$(BIN)/python -m pip install -qq --no-deps --no-build-isolation --no-index --editable .
	@touch $(READY)

up: $(READY) ## Tout lancer ici, avec l’assemblée de démonstration
	@SUIVI_HOME="$(CURDIR)/var" $(BIN)/suivi up --demo $(ARGS)

test: $(READY) ## Exécuter tous les tests (ARGS="-k mot" pour en choisir)
	@$(BIN)/python -m pytest -n $(JOBS) $(ARGS)

check: $(READY) ## Vérifier le style, les types et les règles de la maison
	@$(BIN)/python -m ruff check .
	@$(BIN)/python -m mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m pytest -q --durations=0 tests/house

bench: $(READY) ## Mesurer, côte à côte
	@$(BIN)/python -m bench $(ARGS)

lock: $(READY) ## Refaire les verrous des dépendances (ARGS=--upgrade pour les rajeunir)
	@for one in '-o requirements.txt' '--extra dev -c requirements.txt -o requirements-dev.txt'; do \
	  CUSTOM_COMPILE_COMMAND='make lock' $(BIN)/python -m piptools compile --quiet --generate-hashes \
	    --unsafe-package django --unsafe-package asgiref --unsafe-package sqlparse --strip-extras --no-annotate --no-emit-index-url --no-emit-trusted-host \
	    --no-emit-find-links --no-emit-options $(ARGS) $$one pyproject.toml || exit 1; done

clean: ## Effacer l’environnement et les caches (jamais les données)
	@rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache *.egg-info build
