"""Words to invent documents with: organisations, people, things to do, in French and in English."""

from __future__ import annotations

from random import Random

MONTHS = {
    "fr": [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
ORGANISATIONS = {
    "fr": (
        "Fédération des bibliothécaires du Nord", "Syndicat des traversiers et traversières", "Union des villages riverains",
        "Association des jardins collectifs de la Matanie", "Conseil régional du transport scolaire",
        "Regroupement des ateliers de couture", "Alliance des préposés aux parcs", "Comité sectoriel de la pêche côtière",
    ),
    "en": (
        "Northern Librarians Federation", "Ferry Workers Union", "Union of Riverside Villages", "Coastal Fisheries Council",
        "Community Gardens Association", "School Transport Alliance",
    ),
}  # fmt: skip
PEOPLE = ("Odile", "Marc-André", "Fatou", "Ginette", "Rémi", "Nadia", "Thomas", "Élise", "Youssef", "Claire")
SURNAMES = ("Gagné", "Ouellet", "Diop", "Marchand", "Bélisle", "Haddad", "Lacroix", "Thériault", "Nguyen", "Pelletier")
VERBS = {
    "fr": (
        ("Élaborer", "élaboré"), ("Mettre à jour", "mis à jour"), ("Organiser", "organisé"), ("Rédiger", "rédigé"),
        ("Préparer", "préparé"), ("Diffuser", "diffusé"), ("Évaluer", "évalué"), ("Présenter", "présenté"),
        ("Consolider", "consolidé"), ("Offrir", "offert"), ("Recenser", "recensé"), ("Soutenir", "soutenu"),
    ),
    "en": (
        ("Develop", "developed"), ("Update", "updated"), ("Organize", "organized"), ("Draft", "drafted"),
        ("Prepare", "prepared"), ("Circulate", "circulated"), ("Assess", "assessed"), ("Present", "presented"),
        ("Strengthen", "strengthened"), ("Provide", "provided"),
    ),
}  # fmt: skip
THINGS = {
    "fr": (
        "un guide d'accueil", "le répertoire des membres", "une journée de réflexion", "un sondage sur les horaires",
        "le plan de communication", "une formation en santé et sécurité", "la politique de remboursement",
        "un outil de suivi des griefs", "une campagne de recrutement", "le bulletin d'information",
        "une tournée des sections", "le fonds de solidarité", "un comité de jumelage", "l'inventaire des équipements",
        "une entente de partenariat", "le calendrier des rencontres", "un mémoire sur le financement", "la page Web",
    ),
    "en": (
        "a welcome guide", "the membership directory", "a day of reflection", "a survey on schedules",
        "the communications plan", "a health and safety course", "the expense policy", "a grievance tracking tool",
        "a recruitment campaign", "the newsletter", "a tour of the locals", "the solidarity fund", "a mentoring committee",
        "the equipment inventory", "a partnership agreement", "the meeting calendar", "a brief on funding", "the website",
    ),
}  # fmt: skip
TAILS = {
    "fr": ("pour les nouvelles sections", "avec les partenaires du milieu", "à l'intention de la relève", "dans chaque région",
           "en vue de la prochaine négociation", "auprès des personnes déléguées", "avec l'appui du conseil", "",
           "(rencontres, infolettre, etc.)", "afin d'améliorer la participation", ""),
    "en": ("for new locals", "with community partners", "for the next generation", "in each region",
           "ahead of the next round of bargaining", "with the delegates", "", "(meetings, newsletter, etc.)", ""),
}  # fmt: skip
TOPICS = {
    "fr": ("Transport collectif en milieu rural", "Accès aux soins dentaires", "Qualité de l’air dans les ateliers",
           "Congés pour proches aidants", "Logement des stagiaires", "Protection des rives du fleuve", "Tarifs d’électricité",
           "Sécurité des brigadiers scolaires", "Retraite progressive", "Formation des secouristes", "Télétravail et vie privée",
           "Eau potable dans les écoles", "Sous-traitance du déneigement", "Salaire des apprenties et apprentis",
           "Bibliothèques ouvertes le dimanche", "Traversiers accessibles", "Violence conjugale et travail"),
    "en": ("Rural public transit", "Access to dental care", "Air quality in workshops", "Leave for family caregivers",
           "Housing for interns", "Protection of the shoreline", "Electricity rates", "Safety of crossing guards",
           "Phased retirement", "First aid training", "Remote work and privacy", "Drinking water in schools",
           "Snow removal contracts", "Wages of apprentices", "Sunday library hours", "Accessible ferries"),
}  # fmt: skip
THEMES = {
    "fr": ("Vie syndicale et participation", "Formation et relève", "Communication et visibilité", "Défense des droits",
           "Partenariats et alliances", "Santé et sécurité du travail", "Gestion et financement"),
    "en": ("Union life and participation", "Training and renewal", "Communication and visibility", "Defence of rights",
           "Partnerships and alliances", "Health and safety", "Management and funding"),
}  # fmt: skip


class Words:
    """Words drawn from the lists, none of the same twice in a document."""

    def __init__(self, random: Random, language: str) -> None:
        self.random, self.language = random, language
        self._told: set[str] = set()

    def task(self) -> str:
        """A thing to do, in the infinitive."""
        for _ in range(200):
            verb, _done = self.random.choice(VERBS[self.language])
            said = (
                f"{verb} {self.random.choice(THINGS[self.language])} {self.random.choice(TAILS[self.language])}".strip()
            )
            if said not in self._told:
                break
        self._told.add(said)
        return said

    def result(self) -> str:
        """A result that is expected."""
        thing, tail = self.random.choice(THINGS[self.language]), self.random.choice(TAILS[self.language])
        forms = {"fr": ("Avoir obtenu {}", "Consolidation de nos liens autour de {}", "Que toutes les sections connaissent {}"),
                 "en": ("Having obtained {}", "Stronger ties around {}", "Every local knows {}")}  # fmt: skip
        return f"{self.random.choice(forms[self.language]).format(thing)} {tail}".strip()

    def topics(self, count: int) -> list[str]:
        return self.random.sample(TOPICS[self.language], count)

    def themes(self, count: int) -> list[str]:
        return self.random.sample(THEMES[self.language], count)

    def person(self) -> str:
        return self.random.choice(PEOPLE)

    def name(self) -> str:
        return f"{self.random.choice(PEOPLE)} {self.random.choice(SURNAMES)}"

    def organisation(self) -> str:
        return self.random.choice(ORGANISATIONS[self.language])

    def month(self, year: int) -> tuple[str, str]:
        """A month of that year: words, EDTF."""
        at = self.random.randrange(12)
        return f"{MONTHS[self.language][at]} {year}", f"{year}-{at + 1:02}"

    def day(self, year: int) -> tuple[str, str]:
        """A day of that year: words, EDTF."""
        at, day = self.random.randrange(12), self.random.randrange(2, 28)
        month = MONTHS[self.language][at]
        said = f"{day} {month} {year}" if self.language == "fr" else f"{month} {day}, {year}"
        return said, f"{year}-{at + 1:02}-{day:02}"
