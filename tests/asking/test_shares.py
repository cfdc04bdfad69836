"""Yes and no where all, any or some are asked about, where a pronoun or an adjective tells it, or a wish."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knowledge.model import Answer


@pytest.mark.parametrize(
    ("question", "needles"),
    [
        pytest.param("Will Askvand replace the wall?", "no", id="calls for it are dismissed"),
        pytest.param("Will Falk stay on as chairwoman?", "no", id="stays as something else"),
        pytest.param("Was it the first leak at the reservoir?", "no; third", id="another ordinal"),
        pytest.param("Was it the third leak at the reservoir?", "yes", id="the same ordinal"),
        pytest.param("Was everybody satisfied with the repair?", "no; not all", id="not all"),
        pytest.param("Were all drivers treated for heatstroke?", "no; seven", id="some"),
        pytest.param("Did the farmers accept the mayor's offer?", "no", id="the thing as a pronoun"),
        pytest.param("Did the union accept the mayor's offer to mediate?", "yes", id="a yes by a pronoun"),
        pytest.param("Were the farmers granted compensation?", "no", id="the doer as a pronoun"),
        pytest.param("Did the pensioner plead guilty?", "no; not guilty", id="a denied adjective"),
        pytest.param("Was the pensioner Norwegian?", "yes", id="an adjective of the noun"),
        pytest.param("Will the open day take place on Friday?", "no", id="take place"),
    ],
)
def test_a_verdict_by_what_is_told(right: Callable[..., Answer], question: str, needles: str) -> None:
    right("reservoir", question, needles)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("Will the government release 20 million kroner?", id="only asked for"),
        pytest.param("Were all the engineers from Lomborg?", id="not told"),
        pytest.param("Did anyone die at the reservoir?", id="nobody hurt of one sort"),
        pytest.param("Was the pensioner an experienced engineer?", id="another description"),
        pytest.param("Did Skelvik send tankers?", id="done by another"),
    ],
)
def test_no_verdict_where_it_is_open(silent: Callable[..., Answer], question: str) -> None:
    silent("reservoir", question)
