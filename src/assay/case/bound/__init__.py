"""Variables bound to treaties, and moves that are acts in law: made into ordinary variables, moves and chances.

    case, aside = bind(case, locator, problems)

The rooms that unfold, solve and judge a game learn nothing of law. What the author wrote (`treaty`, `act`, `breaks`)
stays beside what it was made into, for reports.
"""
