"""Each recorded fact as a sentence that a secretary would print."""

from __future__ import annotations

import re

import pytest

from domain import codec
from domain.amendments import ENVELOPE, FactCorrected, FactRetracted
from domain.base import Event
from domain.case import events, moves, tasks
from domain.case.turns import TurnEvent
from domain.clocks import ClockEvent, ClockSnoozed, ClockStarted, ClockStopped, EscalationStepTaken
from domain.demarche.events import DemarcheEvent, ThreadMoved
from domain.directory import BodyMeetingEvent, Created, OfficeClosed, Renamed
from domain.record.events import RecordEvent, Told
from domain.values import Party
from projections.phrases.catalogue import translator
from projections.phrases.events import clauses
from projections.phrases.events.facts import LABELS
from projections.phrases.timeline import sentence
from tests.projections.named import ASSEMBLY, COMMITTEE, DISTRICT, NAMES, NOBODY, PERSON
from tests.projections.tellings import (
    ADOPTED,
    DUE,
    EVERY_KIND,
    REPORT,
    RING,
    RUN,
    STEP,
    history,
    moved,
    recorded,
)

ABSTRACT = {
    moves.Moved, events.Wish, Created, OfficeClosed, BodyMeetingEvent, TurnEvent, ClockEvent, DemarcheEvent, ThreadMoved,
    RecordEvent, Told,
}  # fmt: skip
FAULTY = {
    "straight apostrophe": re.compile("'"),
    "ordinary space in « » or before a colon": re.compile("« | »| :"),
    "space before ; ! ?": re.compile("[ \u00a0\u202f][;!?]"),
    "colon without its space": re.compile(r"[\w»)]:(?!\d)"),
    "jargon": re.compile(r"version|événement|stream|\bflux\b|None|[{}]"),
}


def french(event: Event, *before: Event, first: Event = ADOPTED) -> str:
    told = history(*before, event, first=first)
    return sentence(told[-1], NAMES, "fr", told).replace("\u00a0", " ")


def test_every_kind_of_event_has_a_phrase_and_an_example() -> None:
    kinds = set(codec.topics().values()) - ABSTRACT
    assert not sorted(kind.__name__ for kind in kinds - clauses.registry.keys())
    assert not sorted(kind.__name__ for kind in kinds - {type(event) for event in EVERY_KIND})


@pytest.mark.parametrize("event", EVERY_KIND, ids=lambda event: type(event).__name__)
def test_every_sentence_is_well_printed(event: Event) -> None:
    told = history(event) if event is not ADOPTED else history()
    for context in (told, None):
        said = sentence(told[-1], NAMES, "fr", context)
        assert not {fault for fault, pattern in FAULTY.items() if pattern.search(said)}, said
        assert said[0].isupper() or said[0] == "«"
        assert said.endswith(".") and ".." not in said
        assert "@" not in said
        assert said != sentence(told[-1], NAMES, "en", context)


def test_every_fact_that_can_be_corrected_has_a_name_in_french() -> None:
    said = translator("fr")
    shown = ("domain.case", "domain.demarche", "domain.directory")
    kinds = [kind for kind in codec.topics().values() if kind.__module__.startswith(shown)]
    facts = {fact for kind in kinds for fact in set(kind.__struct_fields__) - ENVELOPE - kind.fixed} - {"version", "facts"}
    assert not {fact for fact in facts if said.gettext(LABELS[fact]) == LABELS[fact]}


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (
            moved(moves.CaseReferred, body=COMMITTEE, mandate="étudier.", due="2025-06-30", words={"due": "fin juin"}),
            "Confiée au Comité de l’environnement; mandat : « étudier »; "
            "réponse attendue le 30 juin 2025 (« fin juin »).",
        ),
        (
            moved(moves.CaseReferred, body=COMMITTEE, due="2025-06-30", words={"due": "30 juin 2025"}),
            "Confiée au Comité de l’environnement; réponse attendue le 30 juin 2025.",
        ),
        (moved(moves.CaseReferred, body=DISTRICT), "Confiée à l’instance FTQ-Côte-Nord."),
        (moved(moves.CaseReferred, body=NOBODY), "Confiée à une instance inconnue."),
        (
            moves.CaseBlocked(parts={"24": "blocked"}, state="adopted", on=Party("person", PERSON), reason="absence"),
            "Partie 24 : bloquée en attendant Amélie Tremblay; motif : « absence ».",
        ),
        (
            moved(moves.CasePostponed, until="../2025-06", reason="attente"),
            "Remise à plus tard; reprise prévue au plus tard en juin 2025; motif : « attente ».",
        ),
        (
            moves.CaseConfirmed(parts={"23": "done", "24": "blocked"}, state="blocked", completion="full"),
            "États établis : partie 23 close, réalisée et partie 24 bloquée.",
        ),
        (
            moved(moves.CaseConfirmed, "done", completion="full", completions={"24": "partial"}),
            "États établis : partie 23 close, réalisée et partie 24 close, réalisée en partie.",
        ),
        (
            moved(moves.CaseCarriedOver, "done", to=NOBODY, residual="la formation"),
            "Ce qui reste se poursuit dans un autre dossier : « la formation ».",
        ),
        (events.CaseNoted(text="Un mot.", audience="assembly"), "Note pour l’assemblée : « Un mot »."),
        (events.CaseNoted(text="Un mot", part="24"), "Note interne sur la partie 24 : « Un mot »."),
        (events.CaseLinked(to=NOBODY, kind="origin"), "Fait suite à un autre dossier."),
        (events.CaseRestricted(visibility="officers"), "Lecture réservée aux officiers et officières."),
        (
            ClockStarted(**REPORT, **RUN, next=RING),
            "Rapport du Comité de l’environnement (30 juin 2025) : premier rappel le 9 juillet 2025, "
            "sauf si c’est réglé d’ici là.",
        ),
        (
            ClockStarted(**DUE | {"due": "2025-06~"}, **RUN, lapsed=True),
            "Échéance (vers juin 2025) : date passée avant d’être inscrite, aucun rappel ne suivra.",
        ),
        (
            EscalationStepTaken(**STEP, told=(PERSON,), unheld=("body",), next=RING),
            "Échéance (30 juin 2025) : rappel à Amélie Tremblay; on ne peut joindre personne à l’instance qui doit "
            "faire rapport; le prochain le 9 juillet 2025.",
        ),
        (
            EscalationStepTaken(**STEP, told=(), next=RING),
            "Échéance (30 juin 2025) : rappel venu à terme avec le suivant, qui part seul.",
        ),
        (
            EscalationStepTaken(**STEP, told=(), unheld=("owner", "secretary")),
            "Échéance (30 juin 2025) : rappel sans destinataire; on ne peut joindre personne qui s’en occupe; "
            "il n’y a pas de secrétaire; c’est le dernier.",
        ),
        (
            ClockSnoozed(**DUE | {"kind": "until", "due": "2025-23"}, until="2025-08", next=RING),
            "Reprise prévue (automne 2025) : rappels repoussés; le prochain le 9 juillet 2025.",
        ),
        (ClockStopped(**DUE | {"kind": "task", "about": "2"}), "Tâche 2 (30 juin 2025) : cette date n’est plus suivie."),
    ],
)  # fmt: skip
def test_in_french(event: Event, expected: str) -> None:
    assert french(event) == expected


def test_a_long_text_is_told_by_its_beginning_but_a_note_whole() -> None:
    text = "mot " * 200
    assert french(events.CaseReworded(text=text)).endswith("mot […] ».")
    assert "[…]" not in french(events.CaseNoted(text=text))


def test_limbs_of_a_resolution_are_quoted() -> None:
    event = moves.CaseStarted(parts={"au Canada": "in_progress"}, state="adopted")
    assert sentence(recorded(event), NAMES, "en") == "Part “au Canada”: work begins."


def test_a_finished_task_says_what_it_was() -> None:
    added = tasks.TaskAdded(number=1, text="Écrire la lettre")
    assert french(tasks.TaskFinished(task=1), added) == "Tâche 1 terminée : « Écrire la lettre »."


def test_a_new_name_stands_beside_the_old() -> None:
    first = next(event for event in EVERY_KIND if isinstance(event, Created) and event.key == "env")
    said = french(Renamed(name="Comité du climat"), first=first)
    assert said == "Nouveau nom : Comité du climat; auparavant : Comité de l’environnement."


def test_a_correction_says_what_it_changed() -> None:
    referred = moved(moves.CaseReferred, "referred", body=COMMITTEE, due="2025-06-30")
    facts = {"body": str(DISTRICT), "due": "2025-09", "mandate": "étudier", "occurred": None}
    assert french(FactCorrected(version=2, facts=facts, reason="mauvaise ligne"), referred) == (
        "Correction de l’inscription 42, « Confiée au Comité de l’environnement »; "
        "l’instance responsable : le Comité de l’environnement devient l’instance FTQ-Côte-Nord; "
        "l’échéance : 30 juin 2025 devient septembre 2025; "
        "ce qui est demandé à l’instance, là où rien n’était dit : « étudier »; motif : « mauvaise ligne »."
    )


def test_a_second_correction_starts_from_the_first() -> None:
    due = events.CaseDueSet(due="2025-06-30")
    once, twice = (FactCorrected(version=2, facts={"due": day}, reason="relu") for day in ("2025-07", "2025-08"))
    assert "l’échéance : juillet 2025 devient août 2025" in french(twice, due, once)


def test_a_correction_of_one_title_names_its_number() -> None:
    titles = {"23": "Autre titre", "24": "Second titre"}
    said = french(FactCorrected(version=1, facts={"titles": titles}, reason="coquille"))
    assert "le titre de chaque numéro (23) : « Premier titre » devient « Autre titre »; motif" in said
    assert "(24)" not in said


def test_a_fact_taken_out_and_closed_words() -> None:
    note = events.CaseNoted(text="Un mot")
    facts = {"audience": "assembly"}
    said = french(FactCorrected(version=2, facts=facts, reason="à dire"), note)
    assert "à qui la note s’adresse : à l’interne ou à l’assemblée : à l’interne devient pour l’assemblée" in said
    block = moved(moves.CaseBlocked, "blocked", on=Party("person", PERSON), reason="x", since="2024")
    said = french(FactCorrected(version=2, facts={"since": None}, reason="y"), block)
    assert "depuis quand : on ne retient plus 2024" in said


def test_a_mail_address_is_never_told() -> None:
    person = next(event for event in EVERY_KIND if isinstance(event, Created) and event.key == "amelie")
    said = french(FactCorrected(version=1, facts={"mail": "neuve@exemple.org"}, reason="coquille"), first=person)
    assert "l’adresse courriel a changé" in said and "@" not in said


def test_without_its_history_an_amendment_says_what_it_can() -> None:
    amended = recorded(FactCorrected(version=1, facts={"vote": "Majorité"}, reason="relu"))
    assert sentence(amended, NAMES, "fr").replace("\u00a0", " ") == (
        "Correction d’un fait consigné auparavant; ce qui est corrigé : le résultat du vote; motif : « relu »."
    )
    retracted = recorded(FactRetracted(version=1, reason="doublon"))
    assert sentence(retracted, NAMES, "en") == "An earlier fact is taken back; reason: “doublon”."


def test_names_of_assemblies_are_not_a_condition() -> None:
    assert sentence(recorded(ADOPTED), {}, "fr").startswith("Adoptée par une instance inconnue sous les numéros")
    assert ASSEMBLY in NAMES
