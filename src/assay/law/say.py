"""Sentences about acts and clocks: what happened, when, and under which article."""

from __future__ import annotations

from datetime import date

from assay.law.book import Act, Allowance, Clock, Duty, Rest, Rules
from assay.law.clock import strike
from assay.law.days import Day, say, say_date
from assay.law.states import name

_CONSENT = {
    "ratification": "ratified",
    "acceptance": "accepted the treaty",
    "approval": "approved the treaty",
    "accession": "acceded",
    "consent": "consented to be bound",
}
KIND = {
    "signature": "signature",
    "ratification": "ratification",
    "acceptance": "acceptance",
    "approval": "approval",
    "accession": "accession",
    "consent": "consent",
    "succession": "succession",
    "provisional_application": "declaration of provisional application",
    "notice": "notice of withdrawal",
    "revocation": "revocation of the notice",
    "suspension_claimed": "claim to suspend",
    "suspension_ended": "end of the suspension",
    "conflict_began": "beginning of an armed conflict",
    "conflict_ended": "end of an armed conflict",
}
"""Kinds of acts in words."""
_NUMBERS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_ORDINALS = [
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
]


def start(text: str) -> str:
    """A sentence with a capital letter."""
    return text[:1].upper() + text[1:]


def under(*articles: str) -> str:
    """Articles in brackets, with a space before; nothing where there are none."""
    known = list(dict.fromkeys(article for article in articles if article))
    if not known:
        return ""
    return f" ({'Article' if len(known) == 1 else 'Articles'} {', '.join(known)})"


def number(count: int) -> str:
    """Small numbers in words."""
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def length(clock: Clock) -> str:
    """How long a clock takes: `six months after`, `the first day of the sixth month after`."""
    if clock.lands_on == "first_of_month":
        ordinal = _ORDINALS[clock.months] if clock.months < len(_ORDINALS) else f"{clock.months}th"
        return f"the first day of the {ordinal} month after"
    parts = []
    if clock.months:
        parts.append(f"{number(clock.months)} month{'s' if clock.months > 1 else ''}")
    if clock.days:
        parts.append(f"{number(clock.days)} day{'s' if clock.days > 1 else ''}")
    return f"{' and '.join(parts)} after" if parts else "on the day of"


def signed(act: Act, rules: Rules) -> str:
    """Of a signature."""
    when = say(act.done) if act.done else "on a day that is not on record"
    return f"{start(name(act.actor))} signed {when}{under(rules.signature_article)}."


def consented(act: Act, rules: Rules, entry: Day | None) -> str:
    """Of a deposit that takes effect later."""
    assert act.done is not None
    deposited = rules.entry is not None and act.kind != "consent"  # a clock that runs from deposit
    what = f"deposited its {act.kind}" if deposited else _CONSENT[act.kind]
    text = f"{start(name(act.actor))} {what} {say(act.done)}{under(rules.consent_article)}"
    if entry is None:
        return text + "; when it takes effect cannot be told from that."
    if against := _against(act, rules):
        return f"{text}; it takes effect {say(entry)}{against}."
    return text + f"; it takes effect {say(entry)}{under(rules.entry.article if rules.entry else '')}."


def entered(act: Act, rules: Rules, entry: Day | None) -> str:
    """Of entry into force for a state."""
    who, clock = name(act.actor), rules.entry
    if entry is None:
        return f"{start(who)} is a party; on which day it became one is not on record."
    text = f"The treaty entered into force for {who} {say(entry)}"
    if act.in_effect is not None or act.done is None or clock is None:
        return f"{text}{_against(act, rules) or (', as inferred' if act.basis == 'inferred' else ', as published')}."
    if entry.exact and entry.first == rules.in_force and _waited(clock, act.done) < entry.first:
        return (
            text
            + f", the day of its own entry into force; the deposit {say(act.done)} came before{under(clock.article)}."
        )
    return text + f", {length(clock)} its deposit {say(act.done)}{under(clock.article)}."


def _against(act: Act, rules: Rules) -> str:
    """That a published day of entry into force is not the clock's; empty where it can be, or none was published."""
    clock = rules.entry
    if act.in_effect is None or act.done is None or clock is None:
        return ""
    struck = act.done.moved(lambda day: strike(clock, day))
    if act.in_effect.first <= struck.last and struck.first <= act.in_effect.last:
        return ""
    gives = f"{length(clock)} its deposit would be {say(struck).removeprefix('on ')}"
    return f", as published; {gives}{under(clock.article)}"


def _waited(clock: Clock, day: Day) -> date:
    """When the clock alone would have struck."""
    return strike(Clock(clock.article, clock.months, clock.days, clock.lands_on), day.last)


def succeeded(act: Act, rules: Rules) -> str:
    """Of succession."""
    who = start(name(act.actor))
    if act.in_effect is None:
        return f"{who} is bound as a successor; the day is not on record."
    notified = f", as notified {say(act.done)}" if act.done else ""
    how = f" ({rules.succession})" if rules.succession else ""
    day = say(act.in_effect).removeprefix("on ")
    if rules.in_force and act.in_effect.last < rules.in_force:
        own = f"{say_date(rules.in_force)}, the day of the treaty's own entry into force"
        return f"{who} is bound as a successor from {own}; the day of succession, {day}, came before{notified}{how}."
    return f"{who} is bound as a successor from the day of succession, {day}{notified}{how}."


def provisional(act: Act, rules: Rules) -> str:
    """Of provisional application."""
    assert act.done is not None
    assert rules.provisional is not None
    said = f"{start(name(act.actor))} declared {say(act.done)}"
    return f"{said} that it applies the core duties provisionally{under(rules.provisional[0])}."


def revoked(act: Act, rules: Rules) -> str:
    """Of a notice taken back."""
    when = say(act.done) if act.done else "on a day that is not on record"
    ground = f" ({rules.exit.revocable})" if rules.exit and rules.exit.revocable else ""
    return f"{start(name(act.actor))} took its notice of withdrawal back {when}, before it had taken effect{ground}."


def suspended(act: Act) -> str:
    """Of a claim to suspend."""
    day = act.in_effect or act.done
    when = say(day) if day else "on a day that is not on record"
    return f"{start(name(act.actor))} claims to have suspended the treaty's operation {when}."


def suspension(rules: Rules, actor: str, question: str) -> str:
    """Of a state that claims to have suspended the treaty, by three letters; `question`: what is contested of it."""
    if rules.suspension_allowed and not question:
        return f"{actor}, which has suspended {rules.treaty}, as it allows"
    return f"{actor}, which claims to have suspended {rules.treaty}" + (f" (contested: {question})" if question else "")


def resumed(act: Act) -> str:
    """Of the end of such a claim."""
    when = say(act.done) if act.done else "on a day that is not on record"
    return f"{start(name(act.actor))} ended its suspension {when}."


def ended(day: date) -> str:
    """Of a treaty that has ended."""
    return f"The treaty ended on {say_date(day)}."


def not_yet(rules: Rules) -> str:
    """Of a day before the treaty."""
    return f"The treaty was opened {say(rules.opened)}; before that nobody could be bound by it."


def no_act(rules: Rules, actor: str, as_known: date | None) -> str:
    """Of a state that has done nothing, as far as is known."""
    if as_known is not None and as_known < rules.checked:
        return f"No signature or consent of {name(actor)} was known by {say_date(as_known)}."
    checked = say_date(rules.checked)
    return f"No signature or consent of {name(actor)} is on record; the list was last checked on {checked}."


def barred(who: str, act: str, articles: tuple[str, ...], *, provisional: bool = False) -> str:
    """Of an act that is barred."""
    bound = "applies the core duties provisionally" if provisional else "is bound"
    return f"{who} {bound} and may not {_what(act)}{under(*articles)}."


def barred_if(who: str, act: str, articles: tuple[str, ...]) -> str:
    """Of an act that is barred if the treaty binds, which is open."""
    return f"If the treaty binds {who}, {who} may not {_what(act)}{under(*articles)}."


def barred_open(who: str, role: str, articles: tuple[str, ...], *, bound: bool | None) -> str:
    """Of an act of which it is contested whether it is barred to somebody's role. `bound`: False if provisionally."""
    lead = {
        True: f"{start(who)} is bound",
        False: f"{start(who)} applies the core duties provisionally",
        None: f"Whether {who} is bound is not settled",
    }[bound]
    return f"{lead}; whether the treaty bars this part in it, {role}, is contested{under(*articles)}."


def _what(act: str) -> str:
    return "assist in it" if act == "assist" else act


def allowance(allowance: Allowance) -> str:
    """Of an exception."""
    limit = f": {allowance.limit}" if allowance.limit else ""
    return f"Except for {allowance.purpose}{limit}{under(allowance.article)}."


def outside(rules: Rules) -> str:
    """What a treaty does not cover; empty where nothing is named."""
    return f"Not covered: {'; '.join(rules.outside)}." if rules.outside else ""


def still(rest: Rest) -> str:
    """Of what still binds a state that has left."""
    condition = f", {rest.condition}" if rest.condition else ""
    doubt = "" if rest.verified else "; not verified"
    return f"Still binding: {rest.instrument}{condition}{under(rest.article)}{doubt}."


def duty(duty: Duty) -> str:
    """Of a duty in words."""
    return f"{start(duty.text)}{under(duty.article)}{'' if duty.verified else '; not verified'}."
