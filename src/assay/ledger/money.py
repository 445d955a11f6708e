"""Money in units: currencies by their codes and in other spellings, alone, scaled, or by or per something else.

A unit holds money where one currency is in it, as in `EUR`, `million eur`, `EUR per km`: its amounts have prices of
some year. A rate of exchange (`USD per EUR`) and a percentage hold none.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "mn": 1e6, "m": 1e6, "bn": 1e9, "tn": 1e12}
"""Words that only scale a unit; `m` and the other short ones do so beside a currency alone."""

_LISTED = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE
CHF CHW CLF CLP CNY COP COU CRC CUC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ
GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD
MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG
QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD
TZS UAH UGX USD USN UYI UYU UYW UZS VED VES VND VUV WST XAF XAG XAU XCD XCG XDR XOF XPD XPF XPT XSU XTS XUA XXX YER
ZAR ZMW ZWG ZWL
ATS BEF BYR CSK CYP DDM DEM EEK ESP FIM FRF GRD HRK IEP ITL LTL LUF LVL MTL NLG PLZ PTE ROL RUR SIT SKK SUR TRL XEU
YUM
"""
CODES = frozenset(_LISTED.split())
"""Currencies by ISO 4217, among them some that are no longer paid with."""
_SMALL = ("EUR", "USD", "GBP", "PLN", "RUB", "BYN", "UAH", "NOK", "SEK", "DKK", "CHF", "CZK", "JPY", "CNY")
"""Currencies whose code in small letters is read too; that of some others is a word (`all`, `cup`)."""
_SPELT = {code.lower(): code for code in _SMALL} | {
    "€": "EUR",
    "euro": "EUR",
    "euros": "EUR",
    "£": "GBP",
    "zł": "PLN",
    "zloty": "PLN",
    "zlotys": "PLN",
    "rouble": "RUB",
    "roubles": "RUB",
    "ruble": "RUB",
    "rubles": "RUB",
    "hryvnia": "UAH",
    "hryvnias": "UAH",
    "us$": "USD",
    "$": "$",
    "dollar": "$",
    "dollars": "$",
}
"""Other spellings; `$` stays what it is, since many currencies are called so."""
_TOKEN = re.compile(r"US\$|[€£$/]|[^\s/€£$]+")
_GLUED = re.compile(r"([A-Z]{3})(bn|mn|tn|m)")


class Money(NamedTuple):
    """A unit with money in it."""

    scale: float
    """Its scale words multiplied out."""
    unit: str
    """The unit without them, as `EUR per km`; each currency by its code."""
    currencies: frozenset[str]
    formula: str
    """The unit for a library of units, as `currency_EUR/(km)`."""


def is_money(unit: str) -> bool:
    """Whether a unit without a scale word is a currency, by its ISO 4217 code (or `$`)."""
    return unit in CODES or unit == "$"


def holds_money(unit: str) -> bool:
    """Whether amounts of a unit have prices of some year: one currency is in it, and it is no percentage."""
    found = money_in(unit)
    return found is not None and len(found.currencies) == 1


@lru_cache(maxsize=1_000)
def money_in(unit: str) -> Money | None:
    """The unit taken apart; None where no currency is in it, and for a percentage."""
    tokens = [part for token in _TOKEN.findall(unit) for part in _parted(token)]
    currencies = frozenset(code for code in map(_code, tokens) if code)
    if not currencies or tokens[0] in ("percent", "%"):
        return None
    parts = [_part(group) for group in _groups(tokens)]
    scale = parts[0][0]
    for factor, _, _ in parts[1:]:
        scale /= factor
    names = [name or "1" for _, name, _ in parts[:1]] + [name for _, name, _ in parts[1:] if name]
    formulas = [formula or "1" for _, _, formula in parts[:1]] + [f"({each})" for _, _, each in parts[1:] if each]
    return Money(scale, " per ".join(names), currencies, "/".join(formulas))


def symbol(currency: str) -> str:
    """What a currency is called in a formula for a library of units."""
    return f"currency_{currency.replace('$', 'sign')}"


def _parted(token: str) -> list[str]:
    """`EURbn` as two words."""
    glued = _GLUED.fullmatch(token)
    return [*glued.groups()] if glued and glued[1] in CODES else [token]


def _code(word: str) -> str:
    return word if word in CODES else _SPELT.get(word.lower(), "")


def _groups(tokens: list[str]) -> list[list[str]]:
    """What is measured, and what it is per."""
    groups: list[list[str]] = [[]]
    for token in tokens:
        if token in ("per", "/"):
            groups.append([])
        else:
            groups[-1].append(token)
    return groups


def _part(words: list[str]) -> tuple[float, str, str]:
    """Scale of one group, and its other words, currencies by code: as they are shown, and for a library of units."""
    beside = any(map(_code, words))
    scale, left = 1.0, list[str]()
    for word in words:
        if word in SCALES and (beside or len(word) > 2):
            scale *= SCALES[word]
        else:
            left.append(_code(word) or word)
    known = [symbol(word) if is_money(word) else word for word in left]
    return scale, " ".join(left), " ".join(known)
