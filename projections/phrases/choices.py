"""The words for the few values that a setting takes."""

from __future__ import annotations

from projections.phrases.catalogue import N_

JURISDICTIONS = {
    "QC": N_("Quebec"), "CA": N_("federal public administration"), "AB": N_("Alberta"), "BC": N_("British Columbia"),
    "MB": N_("Manitoba"), "NB": N_("New Brunswick"), "NL": N_("Newfoundland and Labrador"), "NS": N_("Nova Scotia"),
    "NT": N_("Northwest Territories"), "NU": N_("Nunavut"), "ON": N_("Ontario"), "PE": N_("Prince Edward Island"),
    "SK": N_("Saskatchewan"), "YT": N_("Yukon"),
}  # fmt: skip
RHYTHMS = {
    "at_once": N_("at once"), "daily": N_("in one mail a day"), "weekly": N_("in one mail a week"),
    "none": N_("not by mail"),
}  # fmt: skip
WEEKDAYS = {
    "monday": N_("on Mondays"), "tuesday": N_("on Tuesdays"), "wednesday": N_("on Wednesdays"), "thursday": N_("on Thursdays"),
    "friday": N_("on Fridays"),
}  # fmt: skip
NOTICES = {"reminder": N_("reminders"), "news": N_("news"), "personal": N_("personal reminders")}
LANGUAGES = {"fr": N_("in French"), "en": N_("in English")}
LEGISLATURES = {"QC": N_("National Assembly of Quebec"), "CA": N_("Parliament of Canada")}
SEASON_NAMES = {"spring": N_("spring"), "summer": N_("summer"), "autumn": N_("fall"), "winter": N_("winter")}
INCLUSIVE = {
    "dots": N_("with two periods: travailleur.euse.s"), "dot": N_("with one period: travailleur.euses"),
    "middle_dots": N_("with middle dots: travailleur·euse·s"), "slash": N_("with a slash: travailleurs/euses"),
    "doublets": N_("both words: travailleurs et travailleuses"), "none": N_("one word: travailleurs"),
}  # fmt: skip
SPACED = {True: N_("with a thin space"), False: N_("without a space")}
