# ruff: noqa: E501
"""Units: how they are written, in English and Chinese, and the one name that we keep for each."""

from __future__ import annotations

import re

CURRENCIES = {
    "US$": "USD", "$US": "USD", "$A": "AUD", "HK $": "HKD", "AU$": "AUD", "U.S.$": "USD", "$": "USD", "USD": "USD", "HK$": "HKD", "A$": "AUD", "C$": "CAD", "S$": "SGD",
    "€": "EUR", "EUR": "EUR", "£": "GBP", "GBP": "GBP", "¥": "CNY", "￥": "CNY", "RMB": "CNY", "CNY": "CNY",
    "CN¥": "CNY", "JP¥": "JPY", "JPY": "JPY", "₩": "KRW", "KRW": "KRW", "₹": "INR", "Rs": "INR", "Rs.": "INR",
    "INR": "INR", "NOK": "NOK", "SEK": "SEK", "CHF": "CHF", "AUD": "AUD", "CAD": "CAD", "TWD": "TWD",
    "NT$": "TWD", "HKD": "HKD", "R$": "BRL", "S/.": "PEN",
    **{code: code for code in (
        "AED", "ARS", "BRL", "CLP", "COP", "CZK", "DKK", "EGP", "HUF", "IDR", "ILS", "ISK", "KZT", "MAD", "MXN", "MYR",
        "NZD", "PEN", "PHP", "PKR", "PLN", "RON", "RSD", "RUB", "SAR", "SGD", "THB", "TRY", "UAH", "UZS", "VND", "ZAR",
    )},
}  # fmt: skip
"""Before the number."""

CURRENCY_WORDS = {
    "australian dollars": "AUD", "canadian dollars": "CAD", "hong kong dollars": "HKD", "singapore dollars": "SGD",
    "norwegian kroner": "NOK", "danish kroner": "DKK", "swedish kronor": "SEK", "zloty": "PLN", "zlotys": "PLN", "baht": "THB",
    "rupiah": "IDR", "ringgit": "MYR", "vietnamese dong": "VND", "south african rand": "ZAR", "forints": "HUF",
    "czech koruna": "CZK", "brazilian reais": "BRL", "turkish lira": "TRY", "roubles": "RUB", "rubles": "RUB",
    **{code.lower(): code for code in (
        "AUD", "BRL", "CAD", "CHF", "CZK", "DKK", "HUF", "IDR", "INR", "MXN", "MYR", "NOK", "PLN", "SEK", "SGD",
        "THB", "TWD", "VND", "ZAR",
    )},
     "swiss francs": "CHF", "indian rupees": "INR", "us dollars": "USD", "u.s. dollars": "USD", "us dollar": "USD", "u.s. dollar": "USD", "dollars": "USD",
    "dollar": "USD", "usd": "USD", "euros": "EUR", "d'euros": "EUR", "d’euros": "EUR", "de euros": "EUR", "di euro": "EUR", "euro": "EUR", "eur": "EUR", "€": "EUR", "$": "USD",
    "pounds sterling": "GBP", "gbp": "GBP", "british pounds": "GBP", "chinese yuan": "CNY", "yuan": "CNY",
    "renminbi": "CNY", "rmb": "CNY", "cny": "CNY", "japanese yen": "JPY", "yen": "JPY", "won": "KRW",
    "rupees": "INR", "krw": "KRW", "jpy": "JPY", "cents": "cents", "亿美元": "", "美元": "USD", "欧元": "EUR",
    "英镑": "GBP", "日元": "JPY", "韩元": "KRW", "港元": "HKD", "人民币": "CNY", "元": "CNY",
}  # fmt: skip
CURRENCY_WORDS.pop("亿美元")
"""After the number."""

EXACT = {
    "kWh": "kWh", "KWh": "kWh", "Kwh": "kWh", "kwh": "kWh", "KWH": "kWh", "MWh": "MWh", "Mwh": "MWh",
    "MWH": "MWh", "mwh": "MWh", "GWh": "GWh", "Gwh": "GWh", "GWH": "GWh", "gwh": "GWh", "TWh": "TWh",
    "Twh": "TWh", "TWH": "TWh", "Wh": "Wh", "kW": "kW", "KW": "kW", "MW": "MW", "GW": "GW", "TW": "TW",
    "Ah": "Ah", "mAh": "mAh", "mA": "mA", "V": "V", "kV": "kV", "km": "km", "mm": "mm", "cm": "cm", "nm": "nm",
    "µm": "µm", "μm": "µm", "kg": "kg", "kt": "kt", "Mt": "Mt", "Gt": "Gt", "mg": "mg", "g": "g", "t": "t",
    "km2": "km²", "km²": "km²", "m2": "m²", "m²": "m²", "m3": "m³", "m³": "m³", "km/h": "km/h", "kph": "km/h",
    "mph": "mph", "mpg": "mpg", "°C": "°C", "℃": "°C", "°F": "°F", "ºC": "°C", "W": "W", "N": "N", "Nm": "Nm",
    "hp": "hp", "bhp": "hp", "Hz": "Hz", "kHz": "kHz", "MHz": "MHz", "GHz": "GHz", "GB": "GB", "TB": "TB",
    "MB": "MB", "kB": "kB", "L": "l", "l": "l", "ml": "ml", "mL": "ml", "ha": "ha", "lb": "lb", "lbs": "lb",
    "oz": "oz", "ft": "ft", "mi": "mi", "MPa": "MPa", "kPa": "kPa", "bar": "bar", "ppm": "ppm", "bps": "bp",
    "bp": "bp", "pp": "pp", "ppt": "pp", "p.p.": "pp", "pps": "pp", "C": "C", "s": "s", "ms": "ms", "h": "hours",
    "min": "minutes", "x": "times", "X": "times", "×": "times", "mmol": "mmol", "eV": "eV", "J": "J", "kJ": "kJ",
    "MJ": "MJ", "EJ": "EJ", "dB": "dB", "GPa": "GPa", "ppb": "ppb", "sq ft": "ft²", "sq. ft": "ft²", "sq m": "m²",
    "sq. m": "m²", "sq km": "km²", "ft2": "ft²", "PS": "hp", "mmBTU": "mmBTU", "mmBtu": "mmBTU", "MMBtu": "mmBTU",
}  # fmt: skip
"""Signs: their case matters."""

WORDS = {
    "%": "%", "％": "%", "percent": "%", "per cent": "%", "pct": "%", "pc": "%", "percentage points": "pp",
    "percentage point": "pp", "prozent": "%", "prozentpunkte": "pp", "prozentpunkten": "pp", "pour cent": "%",
    "por ciento": "%", "per cento": "%", "procent": "%", "procenta": "%", "percentage-point": "pp", "percent points": "pp", "points": "points",
    "point": "points", "basis points": "bp", "basis point": "bp", "basis-point": "bp", "times": "times",
    "time": "times", "-fold": "times", " fold": "times", "fold": "times",
    "gigawatt hours": "GWh", "gigawatt-hours": "GWh", "gigawatt hour": "GWh", "gigawatt-hour": "GWh",
    "kilowatt hours": "kWh", "kilowatt-hours": "kWh", "kilowatt hour": "kWh", "kilowatt-hour": "kWh",
    "megawatt hours": "MWh", "megawatt-hours": "MWh", "megawatt hour": "MWh", "megawatt-hour": "MWh",
    "terawatt hours": "TWh", "terawatt-hours": "TWh", "terawatt hour": "TWh", "terawatt-hour": "TWh",
    "watt hours": "Wh", "watt-hours": "Wh", "watt hour": "Wh", "watt-hour": "Wh",
    "gigawatts": "GW", "gigawatt": "GW", "megawatts": "MW", "megawatt": "MW", "kilowatts": "kW", "kilowatt": "kW",
    "watts": "W", "watt": "W", "volts": "V", "volt": "V", "amps": "A", "amp hours": "Ah", "amp-hours": "Ah",
    "kilotons": "kt", "kilotonnes": "kt", "million tonnes": "Mt", "metric tons": "t", "metric tonnes": "t", "metric ton": "t", "tonnes": "t", "tonne": "t", "tons": "t",
    "ton": "t", "kilograms": "kg", "kilogram": "kg", "kgs": "kg", "kilos": "kg", "kilo": "kg", "grams": "g",
    "gram": "g", "pounds": "lb", "pound": "lb", "ounces": "oz", "ounce": "oz", "kilometers": "km",
    "kilometres": "km", "kilometer": "km", "kilometre": "km", "kms": "km", "miles": "mi", "mile": "mi",
    "meters": "m", "metres": "m", "meter": "m", "metre": "m", "millimetres": "mm", "millimeters": "mm",
    "centimetres": "cm", "centimeters": "cm", "centimeter": "cm", "inches": "in", "inch": "in", "feet": "ft",
    "foot": "ft", "yards": "yd", "acres": "acres", "hectares": "ha", "square kilometers": "km²",
    "square kilometres": "km²", "square miles": "mi²", "square meters": "m²", "square metres": "m²",
    "square feet": "ft²", "square foot": "ft²", "square metre": "m²", "square meter": "m²", "cubic feet": "ft³",
    "cubic foot": "ft³", "cubic metre": "m³", "cubic meter": "m³", "millimetre": "mm", "millimeter": "mm",
    "micrometres": "µm", "micrometers": "µm", "micrometre": "µm", "micrometer": "µm", "milligrams": "mg",
    "milligram": "mg", "millilitres": "ml", "milliliters": "ml", "gigapascals": "GPa", "yard": "yd",
    "parts per million": "ppm", "parts per billion": "ppb", "cubic metres": "m³", "cubic meters": "m³", "liters": "l", "litres": "l", "liter": "l",
    "litre": "l", "gallons": "gal", "gallon": "gal", "barrels": "bbl", "barrel": "bbl", "bushels": "bushels",
    "degrees celsius": "°C", "degree celsius": "°C", "degrees fahrenheit": "°F", "degrees c": "°C",
    "degrees f": "°F", "degrees": "°", "degree": "°", "celsius": "°C", "fahrenheit": "°F", "°": "°", "º": "°",
    "miles per hour": "mph", "mile per hour": "mph", "kilometers per hour": "km/h", "kilometres per hour": "km/h",
    "megabytes": "MB", "gigabytes": "GB", "terabytes": "TB", "horsepower": "hp",
    "seconds": "s", "second": "s", "minutes": "minutes", "minute": "minutes", "mins": "minutes",
    "hours": "hours", "hour": "hours", "hrs": "hours", "days": "days", "day": "days", "weeks": "weeks",
    "week": "weeks", "months": "months", "month": "months", "years": "years", "year": "years",
    "year-old": "years", "years old": "years", "decades": "decades", "decade": "decades", "cycles": "cycles",
    "vehicles": "vehicles", "vehicle": "vehicles", "cars": "vehicles", "car": "vehicles",
    "automobiles": "vehicles", "units": "units", "unit": "units", "pieces": "units", "people": "people",
    "persons": "people", "celsius degrees": "°C",
    "个百分点": "pp", "百分点": "pp", "个基点": "bp", "倍": "times", "成": "%10", "吉瓦时": "GWh", "千瓦时": "kWh",
    "度电": "kWh", "兆瓦时": "MWh", "瓦时/公斤": "Wh/kg", "吉瓦": "GW", "兆瓦": "MW", "千瓦": "kW", "瓦时": "Wh",
    "公里": "km", "千米": "km", "毫米": "mm", "米": "m", "吨": "t", "公斤": "kg", "千克": "kg", "克": "g",
    "万辆": "vehicles", "辆车": "vehicles", "辆": "vehicles", "台": "units", "个月": "months", "年": "years",
    "天": "days", "小时": "hours", "分钟": "minutes", "秒": "s", "家": "companies", "款": "models", "人": "people",
    "个": "", "项": "", "座": "", "次": "cycles", "名": "people", "摄氏度": "°C", "平方公里": "km²", "亩": "mu", "岁": "years",
    "安时": "Ah", "件": "", "种": "",
}  # fmt: skip
"""Words: their case does not matter."""

VEHICLES = frozenset(
    [
        "vehicles",
        "cars",
        "automobiles",
        "evs",
        "nevs",
        "bevs",
        "phevs",
        "hevs",
        "suvs",
        "trucks",
        "buses",
        "vans",
        "fcevs",
        "fcvs",
        "icevs",
        "evtols",
        "xevs",
        "electrics",
        "hybrids",
        "minivans",
        "autos",
        "lorries",
        "coaches",
        "motorcycles",
        "motorbikes",
        "sedans",
        "vehicle",
        "car",
        "truck",
        "bus",
        "van",
        "ev",
        "nev",
        "bev",
        "phev",
    ]
)
"""Nouns of a count that we keep as "vehicles"."""

LATIN_END = r"(?![A-Za-z\u00c0-\u024f\d])"


def _choice(words: list[str]) -> str:
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(
        re.escape(word) + (LATIN_END if word[-1].isalnum() and word[-1].isascii() else "") for word in ordered
    )


BEFORE = re.compile(
    r"(?:(?<![A-Za-z])("
    + "|".join(re.escape(word) for word in sorted(CURRENCIES, key=len, reverse=True))
    + r"))\s?$"
)
EXACT_AFTER = re.compile(r"(" + _choice(list(EXACT)) + r")")
WORD_AFTER = re.compile(r"(" + _choice(list(WORDS) + list(CURRENCY_WORDS)) + r")", re.I)
PER = re.compile(
    r"\s?(?:/\s?|(?:per|a|an|each|for each|for every)\s+(?!year\s+(?:ago|earlier|before)))("
    + _choice(
        [
            *EXACT,
            "tonne",
            "ton",
            "tonnes",
            "kilowatt-hour",
            "kilowatt hour",
            "kilogram",
            "kg",
            "gram",
            "square foot",
            "square metre",
            "square meter",
            "metric ton",
            "metric tonne",
            "barrel",
            "gallon",
            "litre",
            "liter",
            "vehicle",
            "car",
            "year",
            "month",
            "day",
            "hour",
            "mile",
            "kilometer",
            "kilometre",
            "unit",
            "pack",
            "cell",
            "person",
            "share",
            "ounce",
            "pound",
            "week",
            "吨",
            "公斤",
            "千克",
            "千瓦时",
            "辆",
            "年",
            "月",
            "天",
            "度",
            "瓦时",
            "台",
            "人",
            "股",
            "户",
        ]
    )
    + r")",
    re.I,
)
"""What a price or a rate is for: "/kWh", "per tonne", 元/吨."""

PER_NAMES = {
    "kwh": "kWh", "mwh": "MWh", "gwh": "GWh", "wh": "Wh", "kw": "kW", "mw": "MW", "w": "W",
    "tonne": "t", "tonnes": "t", "ton": "t", "metric ton": "t",
    "metric tonne": "t", "kilowatt-hour": "kWh", "kilowatt hour": "kWh", "kilogram": "kg", "litre": "l", "liter": "l",
    "vehicle": "vehicle", "kilometer": "km", "kilometre": "km", "吨": "t", "公斤": "kg", "千克": "kg", "千瓦时": "kWh",
    "度": "kWh", "瓦时": "Wh", "辆": "vehicle", "年": "year", "月": "month", "天": "day", "台": "unit", "人": "person",
    "股": "share", "户": "household", "h": "hour", "gallon": "gal", "barrel": "bbl", "pound": "lb", "ounce": "oz",
    "gram": "g", "square foot": "ft²", "square metre": "m²", "square meter": "m²", "sq ft": "ft²", "sq m": "m²",
}  # fmt: skip


def per_name(word: str) -> str:
    """The name after the stroke: "kilowatt-hour" → "kWh"."""
    return PER_NAMES.get(word.lower(), EXACT.get(word, word.lower()))
