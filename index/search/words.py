"""Words that say nothing of what a text is about.

FUNCTION_WORDS are left out of the index and of queries; QUESTION_WORDS out of queries only.
"""

from __future__ import annotations

FUNCTION_WORDS = frozenset(
    word
    for line in (
        "the of and to in a an for is that as or with on by are be this from at was were which have has had been its",
        "these those but also than such",
    )
    for word in line.split()
)
QUESTION_WORDS = frozenset(
    word
    for line in (
        "about into it over per nor so then being am do does did done doing having can could will would shall",
        "should may might must what who whom whose when where why how whats hows whos wheres there here i me",
        "my we us our you your he him his she her they them their if not no any some all just very too each",
        "both between through during after before under above up down out off again further once because",
        "until while against own same other more most few please tell show give describe explain find list",
        "name know many much kind type types sort called according following used",
    )
    for word in line.split()
)
QUESTION_PHRASES = "请问|为什么|为何|什么|多少|哪些|哪个|哪里|怎么样|怎么|怎样|如何|是否|有没有|告诉我|吗|呢"
