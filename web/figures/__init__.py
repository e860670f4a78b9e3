"""Figures: pictures that the server draws, each with a table that says the same.

Each takes a small frozen dataclass of what is to be shown, in words already, and the page for whom it is drawn:

- `life(Life(title, stages, lanes, at), page)`: a band of states over a lane for each office;
- `holders(Holders(title, bands, events, at), page)`: who held an office, as far as dates were said;
- `answers(Answers(title, outcomes), page)`: a square for each thread, by what came of it;
- `years(Years(title, offices), page)`: office by office, what was answered over the years;
- `ages(Ages(title, waits), page)`: what waits, and since how long;
- `comb(Comb(title, teeth, bundles), page)`: every number of an assembly.

Dates are EDTF; null is “nobody said”, never zero. Marks come from `state_mark`, `outcome_mark` and `tally_mark`."""

from web.figures.bands import Band, Event, Holders, holders
from web.figures.lanes import Lane, Life, Point, Stage, life
from web.figures.marks import outcome_mark, state_mark, tally_mark
from web.figures.squares import Answers, Office, Outcome, Thread, Year, Years, answers, years
from web.figures.teeth import Comb, Tooth, comb
from web.figures.waits import Age, Ages, ages

__all__ = [
    "Age", "Ages", "Answers", "Band", "Comb", "Event", "Holders", "Lane", "Life", "Office", "Outcome", "Point", "Stage",
    "Thread", "Tooth", "Year", "Years", "ages", "answers", "comb", "holders", "life", "outcome_mark", "state_mark",
    "tally_mark", "years",
]  # fmt: skip
