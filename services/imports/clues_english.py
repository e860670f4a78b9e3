"""What a sentence of a follow-up report in English says of the state of things: a table of clues, of the shape and weights
of the French one. An apostrophe is written ’."""

from __future__ import annotations

from services.imports.clues import Clue, Signal, clue

S = Signal

_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_ADVERB = r"(?:(?:\w+ly|also|then|now|since|already|finally) )?"
_WAS = rf"(?:was|were|(?:has|have) been) {_ADVERB}"
_HAVE = rf"(?:has|have|had) {_ADVERB}"
_NOT = (
    r"(?:(?:was|were|has|have|had|did|does|do|could|is|are) not|(?:was|were|has|have|did|does|could)n’t)"
    r"(?: yet)?(?: been)?(?: be)? "
)
_LATER = (
    rf"(?:(?:{_MONTHS}|spring|summer|fall|autumn|winter)\b.*|(?:early |late )?(?:19|20)\d\d|next year|a later date"
    r"|a date to be determined)"
)
_NEXT = r"(?:next|following) (?:term|mandate|convention|congress|assembly|plan|annual meeting|general meeting)"

ENGLISH: tuple[Clue, ...] = (
    clue(S.CARRIED_OVER, 3, "This item was carried over to the next term.",
         rf"(?:carried (?:over|forward)|deferred|referred|postponed) to the {_NEXT}", "carried (?:over|forward)"),
    clue(S.SUPERSEDED, 3, "This resolution was merged with resolution 12.",
         r"(?:replaced|superseded|merged|combined|covered) (?:by|with|in|into|under) (?:another |the )?resolutions?", "moot",
         "see resolution", "no longer relevant"),
    clue(S.POSTPONED, 3, "The launch was pushed back to the fall.",
         rf"(?:postponed|deferred|delayed|moved|pushed back|put off) (?:to|until|till) (?:the )?{_LATER}"),
    clue(S.POSTPONED, 2, "The tour had to be postponed.", r"(?:was|were|been|be) (?:postponed|deferred|delayed|pushed back)"),
    clue(S.NOT_DONE, 3, "The conference did not take place.",
         _NOT + r"(?:carried out|done|held|completed|implemented|organized|take place|taken place|undertaken|acted (?:up)?on)",
         "not (?:done|completed|implemented|carried out)", "abandoned", _WAS + "cancel…", "never (?:held|took place)"),
    clue(S.RESULT, 3, "The government agreed to withdraw its bill.",
         rf"(?:{_HAVE})?(?:obtained|won|secured)(?! (?:\w+ )?(?:meeting|reply|response|copy|appointment)s?)",
         r"(?:agreed|had|was forced|were forced|consented) to (?:withdraw|amend|change|back down|adopt|grant|retract)",
         "ruled in our favou?r"),
    clue(S.TEMPORARY, 2, "A moratorium is in place.", "moratoriums?", "temporarily", "on an interim basis", "pilot projects?"),
    clue(S.WAITING, 3, "We are waiting for the ministry’s reply.",
         r"(?:awaiting|await…|(?:are|is) (?:still )?waiting (?:for|on)|pending)",
         r"yet to (?:reply|respond|answer|hear|receive)"),
    clue(S.REFUSED, 3, "The ministry has not replied to our letters.",
         "declined", _NOT + r"(?:repl…|respond…|answer…|receive…|heard|followed up)",
         r"(?:no|without|without any|any) (?:reply|response|answer)", "unanswered", "refused",
         _WAS + "(?:rejected|refused|denied|turned down)"),
    clue(S.OPEN, 2, "The question remains unresolved.",
         r"remains? (?:open|unresolved|unsettled|outstanding|a concern)", r"remains? to be \w+", "still outstanding"),
    clue(S.OPEN, 1, "The minister made no commitment.", r"(?:made no|no|without) commitments?", r"did not commit"),
    clue(S.ONGOING, 3, "The work is ongoing.",
         "ongoing", "in progress", "under ?way", "under development", r"(?:is|are) (?:currently |still |now )?being \w+",
         r"(?:we|work|discussions|talks|efforts) continues?", "continues? to", "in the process of", "we remain",
         "(?:is|are) (?:currently |still |now )?(?:working|preparing|developing|drafting|negotiating|pursuing)"),
    clue(S.ONGOING, 2, "The proposal is under review.", "under (?:review|study|consideration)", "gradually", "keeping watch",
         "monitoring"),
    clue(S.BEGUN, 2, "A survey was started.", "(?:was|were|has|have|been) (?:begun|started|launched|initiated)",
         "began", "started", "volunteered"),
    clue(S.PLANNED, 2, "A meeting is scheduled for March.",
         "(?:is|are) (?:scheduled|planned|slated|set|expected)", "scheduled (?:for|to)", "planned for",
         "(?:we|it) (?:plans?|intends?) to",
         "to be (?:confirmed|determined|scheduled)", "upcoming", "agreed to (?:meet|hold|set up)"),
    clue(S.PLANNED, 2, "The guide will be published soon.", r"(?<!which )(?<!who )(?:will|shall)", "going to"),
    clue(S.WHEN_NEEDED, 2, "Vacant seats will be posted as needed.",
         "as needed", "if (?:needed|necessary|required|applicable)", "when needed", "in (?:the )?future",
         "in the event of", "once",
         "every year", "each year", "until"),
    clue(S.DELIVERED, 3, "The two positions were filled.",
         _WAS + "(?:completed|carried out|filled|achieved|fulfilled|concluded|finalized|implemented)",
         "(?:status|state|follow-up) ?: ?(?:complete|done|implemented|closed)…",
         r"(?<!.)(?:done|completed?|fulfilled|implemented)\.?$",
         "(?:is|are) (?:now )?complete"),
    clue(S.DELIVERED, 2, "A guide was drafted.",
         _WAS + "(?:adopted|hired|created|established|signed|delivered|drafted|produced|published|prepared|developed|increased|"
         "amended|added|elected|appointed|distributed|posted|set up|put in place|sent to all)",
         r"(?:is|are) (?:now )?(?:ready|in force|in effect|online|available)",
         r"(?<!.)(?!.*\bmeeting\b).*(?:took place|was held)"),
    clue(S.DEED, 1, "We wrote to three ministers.",
         r"(?:we|the \w+(?: \w+)?) (?:wrote|met|sent|spoke|held|took|gave|made|told|\w+ed)",
         r"(?:was|were) (?:sent|held|made|formed|struck|\w+ed)",
         "reminders?"),
    clue(S.PLEA, 1, "Representations were made to the ministry.",
         "representations?", "(?:lobbied|advocated|urged|petitioned|pressed)", "raised (?:this|the) (?:issue|matter)",
         r"(?:forwarded|submitted|referred|transmitted|conveyed) to"),
    clue(S.HANDED, 2, "The request was forwarded to the federation.",
         r"(?:resolution|request|matter|issue|question|motion|recommendation|file)s? " + _WAS +
         "(?:forwarded|submitted|referred|transmitted|conveyed|handed|sent) (?:over )?to",
         r"decision (?:now )?(?:rests|lies) with"),
)  # fmt: skip
