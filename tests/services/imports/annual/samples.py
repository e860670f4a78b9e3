"""Annual reports of our own invention: in French as a word processor wraps it or as an extraction leaves it, in English."""

from __future__ import annotations

from services.imports.annual.grammar import read_annual
from services.imports.annual.reading import AnnualReading
from services.imports.documents.document import Document
from services.imports.documents.reading import read_document

FRENCH = """RAPPORT ANNUEL 2023-2024
Table riveraine du fleuve (TRF)

SIGLES ET ACRONYMES
AMF : Association des mariniers du fleuve
RQE : Réseau québécois de l’eau
ROBVQ : Regroupement des organismes de bassins versants

CONSEIL D’ADMINISTRATION
Ana Dufour, AMF, présidente
Léo Tremblay-Roy, Pêcheries unies, trésorier
Ines Caron, membre individuelle

NOTRE ÉQUIPE
- Mia Fortin, coordonnatrice
- Noé Paquet, chargé de projet (de mai à décembre 2023)

1. ACTIVITÉS
La TRF a rejoint plus de 1 200 personnes cette année, dont une trentaine de bénévoles.
- Le 3 mai 2023, la TRF a tenu un forum sur l’eau en collaboration avec le Conseil des rives, à Rimouski.
- Les 12 et 13 septembre 2023, formation sur les berges.
- Le 32 octobre 2023, visite annulée.
- La TRF a tenu des kiosques : Fête du fleuve (Matane, 24 juin 2023) et Salon de l’eau (Québec, 4-5 octobre 2023).

2. LETTRES D’APPUI ET DE PLAIDOYER

Lettres de plaidoyer :
- Le 9 juin 2023, lettre au ministre de l’Environnement demandant un moratoire sur les forages ;
- Le 2 octobre 2023, lettre adressée aux maires de Matane et de Rimouski pour la protection des berges ;
- Le 15 novembre 2023, félicitations à la Coalition des lacs pour sa victoire ;
- Le 20 janvier 2024, signature (avec une quarantaine de groupes) d’une lettre ouverte rédigée par le Réseau des rives ;
- Le 4 mars 2024, lettre dénonçant le bruit.

3. PUBLICATIONS
- Ana Dufour dans Le Fleuve, « La crue de 2017, six ans après », 7 juillet 2023 ;
- « Pour une loi sur les berges », Le Devoir, 12 août 2023 ;
- Mémoire de la TRF, « Eaux vives », automne 2023 ;
- Communiqué de presse : « Halte au bruit », 5 mars 2024.

4. ALLIANCES ET PARTENARIATS

RÉSEAU QUÉBÉCOIS DE L’EAU (RQE)
La TRF est membre du RQE depuis 2015.

Conseil des rives
Mia Fortin siège au conseil d’administration de cet organisme régional, qui réunit les villes.

COALITION DES LACS
Nous appuyons cette coalition.

5. FINANCEMENT
La cotisation des membres a rapporté près de 42 500 $. Une subvention de 12 000 $ du ministère de l’Environnement
s’y ajoute pour trois ans.

COMITÉ DES BERGES
Le comité ne s’est pas réuni, faute de quorum.
- Ana Dufour, AMF
- Ines Caron (jusqu’en janvier 2024)
"""

ENGLISH = """ANNUAL REPORT 2023-2024

LIST OF ACRONYMS
RWA River Workers Alliance
CLC Canadian Labour Congress

BOARD OF DIRECTORS
Ann Rivers, RWA, chair
John Mill, CLC, treasurer

OUR TEAM
- Sam Reed, coordinator (since May 2023)

ACTIVITIES
The RWA reached nearly 1,200 people this year. The RWA thanks them. The RWA goes on.
- On May 3, 2023, the RWA held a forum on water with the Shore Council, in Halifax.
- On September 12-13, 2023, a workshop on shores.
- Information booths were held: River Fair (Boston, June 24, 2023) and Water Show (Ottawa, October 4-5, 2023).

ADVOCACY LETTERS
- On 9 June 2023, letter to the Minister of the Environment asking for a moratorium on drilling;
- On 15 November 2023, letter of congratulations to the Lakes Coalition on its victory;
- On 20 January 2024, the RWA signed an open letter with 40 other organizations.

PUBLICATIONS
- Ann Rivers in The Stream, “Six years after the flood of 2017”, July 7, 2023;
- “A law for the shores”, The Gazette, August 12, 2023.

ALLIANCES
SHORE COUNCIL
Sam Reed sits on the board of the council.

LAKES COALITION
We are a member of this coalition.

FUNDING
Membership dues brought in about $42,500. A grant of 12,000 $ from the Ministry of the Environment was received in 2023.
"""


def extracted(text: str, width: int = 42) -> str:
    """The same as a PDF of two columns leaves it: narrow lines, a blank one after each, thin spaces, round bullets."""
    lines: list[str] = []
    for line in text.splitlines():
        words, row = line.replace("- ", "• ", 1).split(" ") if line.startswith("- ") else line.split(" "), ""
        for word in words:
            if row and len(row) + len(word) >= width:
                lines += [row + " ", ""]
                row = word
            else:
                row = f"{row} {word}".strip()
        lines += [row, ""] if row else [""]
    return "\n".join(lines).replace(" ;", "\u2009;").replace(" :", "\u2009:")


def document(text: str, name: str = "rapport.txt") -> Document:
    return read_document(name, text.encode())


def reading(text: str) -> AnnualReading:
    return read_annual(document(text))
