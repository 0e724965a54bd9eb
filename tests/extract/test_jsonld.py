"""JSON of scripts, whole and broken."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.extract import jsonld


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ('{"a": 1}', [{"a": 1}]),
        ('{"a": 1}{"b": 2},\n[{"c": 3}];', [{"a": 1}, {"b": 2}, [{"c": 3}]]),
        ('<!-- of the shop -->\n{"a": 1}', [{"a": 1}]),
        ('\ufeff//<![CDATA[\n{"a": 1}\n//]]>', [{"a": 1}]),
        ('{"a": "two\nlines"}', [{"a": "two\nlines"}]),
        ('{"a": [1, 2,],}', [{"a": [1, 2]}]),
        ('{"a": "\\x"}', [{"a": "\\x"}]),
        ("{'@type': 'NewsArticle', 'headline': 'Flood'}", [{"@type": "NewsArticle", "headline": "Flood"}]),
        ("{&quot;a&quot;: &quot;b&quot;}", [{"a": "b"}]),
        ('{"a": "he said "no" to it", "b": "c"}', [{"a": 'he said "no" to it', "b": "c"}]),
        ('{"a": "b", "c": {"d": [1, 2, {"e": "cut of', [{"a": "b", "c": {"d": [1, 2]}}]),
        ('{"a": "b" "c": "d"}', [{"a": "b", "c": "d"}]),
        ("window.x = 1", []),
        ("", []),
    ],
)
def test_values(text: str, values: list[Any]) -> None:
    """One value after another; what a cheap repair mends is mended, the rest left out."""
    assert list(jsonld.values(text)) == values


@pytest.mark.slow
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_sound_json_is_read_as_it_is(value: Any) -> None:
    """No repair touches what needs none."""
    assert jsonld.loads(json.dumps(value)) == value


@given(st.text(alphabet="{}[]\",:\\'a1 \n&<!-", max_size=60))
def test_any_text_is_read_without_raising(text: str) -> None:
    """Junk gives something or nothing."""
    list(jsonld.values(text))


@pytest.mark.parametrize("junk", ["[" * 100_000, '{"a":' * 50_000, '{"a":1,' * 50_000, '{"a": "b" "c",' * 20_000])
def test_hostile_json_costs_little(junk: str) -> None:
    """Depth and length end in nothing, not in an error."""
    assert len(jsonld.items([junk])) <= 1
