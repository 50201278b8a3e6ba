"""Words that mean the same to a question: abbreviations in full, and groups of near synonyms.

General English and the field's own abbreviations; a group may only hold words that answer for each other.
"""

from __future__ import annotations

import re

_WORDS = {
    "ssb": "solid state battery", "ssbs": "solid state battery", "assb": "all solid state battery",
    "assbs": "all solid state battery", "nev": "new energy vehicle", "nevs": "new energy vehicle",
    "ev": "electric vehicle", "evs": "electric vehicle", "bev": "battery electric vehicle",
    "bevs": "battery electric vehicle", "phev": "plug in hybrid electric vehicle", "li": "lithium",
    "phevs": "plug in hybrid electric vehicle", "lfp": "lithium iron phosphate", "lib": "lithium ion battery",
    "usa": "united states", "america": "united states", "american": "united states", "jp": "japan",
    "kr": "south korea", "eu": "europe", "european": "europe", "uk": "united kingdom", "prc": "china",
    "chinese": "china", "japanese": "japan", "korean": "korea", "german": "germany",
    "cas": "china academy of sciences", "ev100": "electric vehicle hundred people association",
    "yoy": "year on year", "gov": "government", "govt": "government", "info": "information", "org": "organisation",
    "orgs": "organisation", "ppl": "people", "co2": "carbon dioxide", "aka": "name",
    "ceo": "chief executive", "cfo": "chief financial", "cto": "chief technology", "coo": "chief operating",
}  # fmt: skip
_PHRASES = {
    "my country": "china", "european union": "europe", "r ?& ?d": "research and development",
    "(?:took|takes?|taking|taken) part": "participate", "(?:ramp|step|scal)(?:s|p?ing|p?ed|e)? up": "increase",
    "h(?:old|olding|eld) off": "refrain", "carr(?:y|ied|ies) out": "conduct", "wrote (?:this |it |that )?up": "record",
    "write (?:this|it|that) up": "record", "set up": "establish", "also (?:known|called)(?: as)?": "name",
    "closed[- ]door": "closed door private", "in charge of": "lead",
}  # fmt: skip
_PATTERN = re.compile(rf"\b(?:{'|'.join(f'({phrase})' for phrase in _PHRASES)})\b", re.IGNORECASE)
_FULL = list(_PHRASES.values())
_US = re.compile(r"(?<![\w.])U\.?S\.?(?:A\.?)?(?!\w)|(?<![\w.])E\.?U\.(?!\w)")

_CHINESE = {
    "全固态": "all solid state", "半固态": "semi solid state", "固液混合": "solid liquid hybrid", "固态": "solid state",
    "液态": "liquid", "电解质": "electrolyte", "锂离子": "lithium ion", "动力电池": "power battery", "电池": "battery",
    "钠离子": "sodium ion", "磷酸铁锂": "lithium iron phosphate", "新能源汽车": "new energy vehicle",
    "电动汽车": "electric vehicle", "研讨会": "seminar", "会议": "meeting", "作者": "author", "专家": "expert",
    "院士": "academician", "研究员": "researcher", "研究": "research", "论文": "article published", "专利": "patent",
    "产业链": "industrial chain", "产业化": "industrialization", "量产": "mass production", "产业": "industry",
    "技术": "technology", "政府": "government", "政策": "policy", "战略": "strategy", "投资": "investment",
    "补贴": "subsidy", "企业": "company", "公司": "company", "联盟": "alliance", "合作": "cooperation",
    "成本": "cost", "价格": "price", "数量": "quantity", "性能": "performance", "安全性": "safety", "安全": "safety",
    "能量密度": "energy density", "续航": "range", "优势": "advantage", "缺点": "disadvantage", "问题": "problem",
    "挑战": "challenge", "机会": "opportunity", "竞争": "competition", "领先": "lead", "落后": "behind backward",
    "成熟": "mature", "未来": "future", "目标": "goal", "计划": "plan", "工厂": "plant", "供应商": "supplier",
    "供应链": "supply chain", "市场": "market", "出口": "export", "创始人": "founder", "首席": "chief",
    "组织": "organise", "主办": "organise", "参加": "participate", "认为": "think", "预计": "expect", "应该": "should",
    "加强": "strengthen", "重视": "attention", "替代": "replace", "我国": "china", "中国": "china", "日本": "japan",
    "韩国": "south korea", "美国": "united states", "欧洲": "europe", "德国": "germany",
}  # fmt: skip
_TERMS = re.compile("|".join(sorted(_CHINESE, key=len, reverse=True)))

_GROUPS = (
    "advantage pros benefit strength merit upside plus", "disadvantage cons drawback downside weakness shortcoming",
    "public open", "participate attend join involve", "organise host run arrange", "situation mood outlook",
    "begin start launch commence", "manufacture produce make build", "acquire buy purchase takeover",
    "lead head leader chair ahead", "remove drop delete exclude", "skeptical sceptical doubt unconvinced convinced",
    "fund finance funding financing invest investment", "important key crucial critical significant",
    "effect impact influence affect consequence", "nation country", "car automobile", "firm company enterprise",
    "difference differ diff distinguish", "name call", "aim goal objective", "scientist researcher",
    "push promote accelerate increase", "predict forecast expect", "author writer", "talk speech report presentation",
    "quick fast rapid", "reduce decrease lower cut decline", "obtain get gain",
)  # fmt: skip


def unify(text: str) -> str:
    """A text with phrases that stand for a word as that word, and US as its two words; Chinese terms in English."""
    text = _US.sub(lambda found: "europe" if found.group()[0] == "E" else "united states", text)
    text = in_english(text)
    return _PATTERN.sub(lambda found: _FULL[found.lastindex - 1] if found.lastindex else found.group(), text)


def in_full(word: str) -> tuple[str, ...]:
    """The words that an abbreviation stands for; the word itself where it is none."""
    full = _WORDS.get(word)
    return tuple(full.split()) if full else (word,)


def groups() -> tuple[tuple[str, ...], ...]:
    """Words that stand for each other, the first for all."""
    return tuple(tuple(group.split()) for group in _GROUPS)


def in_english(text: str) -> str:
    """A text with the Chinese terms of the field, and of questions about it, in English."""
    return _TERMS.sub(lambda found: f" {_CHINESE[found.group()]} ", text)


def widen(query: str) -> str:
    """A query with the long forms of its abbreviations and its words' synonyms added, for search."""
    full = " ".join(part for word in unify(query).split() for part in in_full(word.strip("?.,!").lower()))
    return query if full == query.lower() else f"{query} {full}"
