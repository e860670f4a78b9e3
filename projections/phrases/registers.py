"""The words of a printed register of resolutions: they are ours where they come in again."""

from __future__ import annotations

from projections.phrases.catalogue import N_

HEADS = (N_("No."), N_("Title"), N_("Submitted by"), N_("Decision"), N_("Decided on"), N_("Referred to"), N_("Answer"),
         N_("State"))  # fmt: skip
ADOPTED = N_("Adopted")
FATES = {
    "defeated": N_("Defeated"), "withdrawn": N_("Withdrawn"), "referred": N_("Referred, without a case"),
    "not_reached": N_("Not reached"), "unknown": N_("Not known"),
}  # fmt: skip
