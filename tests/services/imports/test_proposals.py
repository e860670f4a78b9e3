"""The state that a text suggests: the clues one by one, the decision, and its measure on the sample."""

from __future__ import annotations

import pytest

from services.imports.clues import CLUES, Clue, Signal
from services.imports.clues_english import ENGLISH
from services.imports.proposals import propose
from services.imports.report import Proposal
from services.imports.sentences import sentences, signals
from tests.services.imports.reports import SAMPLE, parsed

# What an officer would establish for each case of the sample.
STATES = {
    "1": "referred", "3": "in_progress", "6": "in_progress", "7": "postponed", "8": "in_progress", "10": "done",
    "11": "in_progress", "12": "in_progress", "13": "in_progress", "14": "done", "16": "done", "17": "blocked",
    "18": "in_progress", "19": "done", "20": "in_progress", "21/Au Québec": "adopted", "21/Au Canada": "in_progress",
    "22": "blocked", "23": "in_progress", "27": "in_progress", "28": "in_progress", "29": "in_progress",
    "30": "referred", "31": "in_progress", "32": "done", "5": "in_progress",
}  # fmt: skip


def proposed(text: str, reference: str | None = None) -> Proposal:
    (proposal,) = propose(parsed(f"RÉSOLUTION 1\n\nUn titre\n\n{text}\n").blocks[0], reference)
    return proposal


@pytest.mark.parametrize("clue", (*CLUES, *ENGLISH), ids=lambda clue: clue.example)
def test_a_clue_reads_its_example(clue: Clue) -> None:
    assert signals(clue.example)[clue.signal] == clue.weight
    assert clue.signal in signals(clue.example.replace("’", "'"))


@pytest.mark.parametrize(
    ("text", "state", "completion"),
    [
        ("Les travaux se poursuivent avec la FTQ.", "in_progress", None),
        ("Nous avons rencontré la ministre, et une autre rencontre est prévue en mai.", "in_progress", None),
        ("Le colloque est repoussé au printemps 2026.", "postponed", None),
        ("L’activité a été reportée.", "postponed", None),
        ("Le point est renvoyé au prochain congrès.", "carried_over", None),
        ("Ce dossier est fusionné avec la résolution 12.", "superseded", None),
        ("Le tournoi n’a pas eu lieu, faute de place.", "not_done", None),
        ("Nous attendons la décision du tribunal.", "blocked", None),
        ("Le ministre a refusé de nous rencontrer.", "blocked", None),
        ("Deux lettres sont demeurées sans réponse.", "blocked", None),
        ("Nous attendons la réponse du ministre, et nous poursuivons la campagne.", "in_progress", None),
        ("Le guide a été rédigé et mis en ligne. Les postes ont été pourvus.", "done", "full"),
        ("Réalisé.", "done", "full"),
        ("Le mandat est maintenant réalisé.", "done", "full"),
        ("La question a été renvoyée au comité, à qui revient la décision.", "referred", None),
        ("Le dossier a ete confie a la federation.", "referred", None),
        ("Le guide a été rédigé. Sa traduction est amorcée.", "done", "partial"),
        ("Le gouvernement a dû adopter un moratoire.", "done", "temporary"),
        ("Nous avons obtenu gain de cause.", "done", "full"),
        ("Des représentations ont été faites à la ville.", "referred", None),
        ("Une tournée sera organisée.", "adopted", None),
        ("Nous avons écrit à la ville.", "in_progress", None),
        ("Rien à dire.", "in_progress", None),
        ("The work of the committee is ongoing.", "in_progress", None),
        ("The tournament was postponed to the fall of 2026.", "postponed", None),
        ("This item was carried over to the next term.", "carried_over", None),
        ("The conference did not take place, for lack of funds.", "not_done", None),
        ("A letter was sent. Despite reminders, we have received no reply.", "blocked", None),
        ("The guide was drafted and sent to all locals. The mandate was completed.", "done", "full"),
        ("The request was forwarded to the federation, which will decide.", "referred", None),
        ("A tour will be organized.", "adopted", None),
    ],
)
def test_a_state_is_read_from_a_text(text: str, state: str, completion: str | None) -> None:
    proposal = proposed(text)
    assert (proposal.state, proposal.completion) == (state, completion)
    assert proposal.evidence
    assert state not in proposal.alternatives


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("Le document a été remis à la ministre.", Signal.POSTPONED),
        ("Le document a été remis au directeur.", Signal.POSTPONED),
        ("Le comité a continué la campagne.", Signal.ONGOING),
        ("Au cours de la réunion, on a voté.", Signal.ONGOING),
        ("Une rencontre s’est tenue en mai.", Signal.DELIVERED),
        ("Le guide n’a pas été rédigé.", Signal.DELIVERED),
        ("Nous avons obtenu une rencontre.", Signal.RESULT),
        ("Les sièges seront affichés en cas de besoin.", Signal.PLANNED),
        ("Une caméra extra a été posée.", Signal.PLANNED),
    ],
)
def test_a_turn_that_only_looks_like_a_clue(text: str, signal: Signal) -> None:
    assert signal not in signals(text)


def test_a_step_without_an_end_is_never_sure() -> None:
    for text in ("Des représentations ont été faites.", "Nous avons écrit.", "Rien à dire."):
        assert proposed(text).confidence == "low"
        assert proposed(text).alternatives


def test_what_was_announced_for_a_year_gone_by_is_less_sure() -> None:
    text = "Le lancement a été repoussé à 2025."
    assert proposed(text, "2024-09~").confidence == proposed(text).confidence == "high"
    assert proposed(text, "2026").confidence == "medium"


def test_evidence_is_the_sentence_that_decided_with_its_lines() -> None:
    (item,) = proposed("Le comité existe.\nIl a du travail.\n\nLes travaux se\npoursuivent. Fin.").evidence
    assert (item.text, item.first_line, item.last_line) == ("Les travaux se poursuivent.", 8, 9)


def test_sentences_end_before_a_capital_but_not_after_a_title() -> None:
    assert sentences("M. Roy a écrit. « Oui. » Puis l’art. 4 des travailleur.euse.s. Fin") == [
        "M. Roy a écrit.",
        "« Oui. »",
        "Puis l’art. 4 des travailleur.euse.s.",
        "Fin",
    ]


def test_nothing_reported_proposes_nothing() -> None:
    assert propose(parsed("RÉSOLUTION 1\n\nUn titre\n").blocks[0], None) == ()


def test_the_sample_is_read_as_an_officer_would() -> None:
    blocks = parsed(SAMPLE.read_text(encoding="utf-8")).blocks
    proposals = [item for block in blocks for item in propose(block, "2024-09~")]
    found = {item.number + (f"/{item.part}" if item.part else ""): item for item in proposals}
    assert found.keys() == STATES.keys()
    wrong = {key for key, item in found.items() if item.state != STATES[key]}
    assert len(wrong) <= 2
    assert all(STATES[key] in found[key].alternatives for key in wrong)
    sure = {key for key, item in found.items() if item.confidence == "high"}
    assert len(sure) >= 8 and not sure & wrong
