"""What may be typed, for each command: at the end of its help."""

from __future__ import annotations

from projections.phrases.catalogue import N_

EXAMPLES: dict[str, str] = {
    "cases": N_("""suivi cases --state "in progress"
suivi cases --overdue --body "Environment committee"
suivi cases --as-of 2024-06-30
suivi cases --format xlsx > cases.xlsx"""),
    "case": N_("""suivi case 17
suivi case 2023:17 --as-of 2024-06-30"""),
    "demarches": N_("""suivi demarches --unanswered
suivi demarches --unanswered --by-office --as-of 2024-09-23
suivi demarches --office "Minister of the Environment"
suivi demarches --responsiveness --format xlsx > offices.xlsx"""),
    "demarche": "suivi demarche 12",
    "plans": "suivi plans --as-of 2022-06-30",
    "plan": """suivi plan ccsne-2019
suivi plan ccsne-2019 --as-of 2021-06-30
suivi plan ccsne-2019 --carry-to ccsne-2022""",
    "records": """suivi records --kind alliance
suivi records --kind publication --since 2025-01-01 --json""",
    "record": "suivi record 12",
    "history": N_("""suivi history 17
suivi history demarche:12
suivi history body:executive-committee"""),
    "attachments": N_("""suivi act 17 attach --set file=letter.pdf --set kind=letter
suivi attachments 17"""),
    "attachment": N_("""suivi attachment 17 letter.pdf
suivi attachment 17 9f86d081 --out answer.pdf"""),
    "read-mail": N_("""suivi read-mail answer.eml
suivi read-mail answer.eml --thread demarche:12"""),
    "act": N_("""suivi act 17 refer --set body="Environment committee" --set due=2024-09
suivi act 17 postpone --set until=2025-01 --set reason="waiting for the budget"
suivi act 17 block --part Canada --set on="Health Canada" --set reason="no answer"
suivi act 17 complete --set completion=partial --set residuals="print the guide"
suivi act 17 note --set text="Call from the district" --occurred 2024-06-26
suivi act 17 correct --set event=42 --set set.text="Call to the district" --set reason="typing error"
suivi act assembly:2024 create --set name="Annual assembly 2024" --set date=2024-05-30
suivi act 2024:1 adopt --set titles.1="Recruitment in the regions\""""),
    "confirm": N_("""suivi confirm 17
suivi confirm --all --confidence high"""),
    "import": N_("""suivi import follow-up.txt --dry-run
suivi import follow-up.txt --assembly 2023 --reference-date 2024-09
suivi import --undo 2023-1"""),
    "report": """suivi report register --format xlsx
suivi report assembly --to 2023 --format pdf --as-of 2024-06-30
suivi report assembly --large
suivi report annual --year 2024 --format pdf
suivi report plan --to ccsne-2019 --standing
suivi report follow-up --to 2024 --gaps
suivi report register --template""",
    "assemblies": "suivi assemblies",
    "demo": """suivi demo
SUIVI_HOME=~/suivi-simulated suivi demo --simulated""",
    "deadlines": "suivi deadlines --before 2024-12-31",
    "calendar": """suivi calendar --mine
suivi calendar --out suivi.ics""",
    "meetings": "suivi meetings --body ca",
    "letter": """suivi letter demarche:3
suivi letter demarche:3 --out relance.docx --lang en""",
    "draft": "suivi draft 17",
    "table": "suivi table follow-up --to 2024 --format pdf",
    "tabled": """suivi tabled
suivi tabled 2024
suivi tabled 2024 5 --out suivi.pdf""",
    "sweep": """suivi sweep
suivi sweep --now 2024-10-01T08:00""",
    "bodies": "suivi bodies --as-of 2023-12-31",
    "people": "suivi people",
    "offices": "suivi offices",
    "user add": N_("""suivi user add marie --role officer
suivi user add "Marie Tremblay" --login marie --role secretary --mail marie@example.org"""),
    "token add": "suivi token add statistiques --days 30\nsuivi token add site --scope write",
    "token list": "suivi token list",
    "token revoke": "suivi token revoke statistiques",
    "user invite": N_("suivi user invite \"Marie Tremblay\" --mail marie@example.org --role officer"),
    "user reset": "suivi user reset marie",
    "user list": "suivi user list",
    "user disable": "suivi user disable marie",
    "organisation": N_("""suivi organisation
suivi organisation --set name="Federation of citizens" --set opens=8:30
suivi organisation --set days_off=2026-12-24/2027-01-02 --set days_off=2027-03-29
suivi organisation --set jurisdictions=QC --set days_off=
suivi organisation --set recesses.QC=2025-06-14/2025-09-15 --set recesses.QC=2025-12-06/2026-02-09"""),
    "workflow list": "suivi workflow list",
    "workflow check": "suivi workflow check resolution.v2.yaml",
    "workflow diagram": "suivi workflow diagram resolution.v1",
    "workflow vocabulary": "suivi workflow vocabulary --json",
    "workflow migrate": """suivi workflow migrate resolution --from 1 --to 2 --dry-run
suivi workflow migrate resolution --from 1 --to 2 --state started=in_progress""",
    "workflow schema": "suivi workflow schema > definition.schema.json",
    "rebuild": "suivi rebuild cases",
    "projections": "suivi projections",
    "deliver": "suivi deliver --json",
    "bounce": "suivi bounce notice.eml",
    "inbox": """suivi inbox --unread
suivi inbox 3f2a91c0
suivi inbox --read all""",
    "outbox": """suivi outbox --state parked
suivi outbox 3f2a91c0
suivi outbox --retry 3f2a91c0""",
    "up": """suivi up
suivi up --port 8020 --no-browser""",
    "backup": "suivi backup suivi-2024-09-30.backup",
    "export": """suivi export --out suivi-2024-09-30.zip
suivi export --out suivi-2024-09-30.zip --everything
suivi export --out suivi-2024-09-30.jsonl""",
    "restore": "SUIVI_HOME=~/suivi suivi restore suivi-2024-09-30.backup",
    "doctor": "suivi doctor",
    "version": "suivi version --json",
}
