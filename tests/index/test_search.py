from pathlib import Path

import numpy as np

from index.search.builder import build
from index.search.retriever import Retriever

PASSAGES = [
    (3, "Cells", "Size", "The 4680 cell holds 107.5 GWh of nothing."),
    (5, "Lunch", "", "Nobody brought sandwiches to the seminar."),
    (8, "电池", "", "中国的动力电池产量增长。"),
]


def test_search_finds_by_stem_number_and_chinese(tmp_path: Path) -> None:
    build(PASSAGES, tmp_path)
    retriever = Retriever.open(tmp_path)
    assert [hit.passage_id for hit in retriever.search("sandwich")] == [5]
    assert [hit.passage_id for hit in retriever.search("107.5GWh")] == [3]
    assert [hit.passage_id for hit in retriever.search("电池产量")] == [8]
    assert not retriever.search("sandwich", allowed=np.zeros(9, np.bool_))
