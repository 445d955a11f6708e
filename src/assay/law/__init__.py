"""What treaties mean: who is bound on a day, why, since when, and what that bars.

Treaties are data (`assay/library/treaties`, one folder each); nothing here knows one of them by name. The functions
that others call are one to a file: `books.open_book`, `standing.standing`, `roll.roll`, `may.may`,
`clock.exit_after`, `timeline.timeline`, `coalition.coalition`, `outlook.outlook`, `calendar.variable`.
"""
