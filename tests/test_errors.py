"""Errors carry their data, say a next step, and travel between processes."""

import pickle

import pytest

from pipeline import errors


def _tree(kind=errors.ScreenError):
    own = [
        child
        for child in kind.__subclasses__()
        if child.__module__ == errors.__name__
    ]
    return [kind, *(leaf for child in own for leaf in _tree(child))]


@pytest.mark.parametrize("kind", _tree())
def test_every_error_pickles_with_its_data_and_step(kind):
    error = kind("It broke.", step="Mend it.", path="a/b", tries=3)
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is kind
    assert (str(copy), copy.step, copy.path, copy.tries) == (
        "It broke.",
        "Mend it.",
        "a/b",
        3,
    )


@pytest.mark.parametrize("kind", _tree()[1:])
def test_the_docstring_draws_every_error(kind):
    assert kind.__name__ in errors.__doc__


def test_unknown_attributes_stay_attribute_errors():
    with pytest.raises(AttributeError):
        _ = errors.ScreenError("x").absent


@pytest.mark.parametrize(
    ("message", "advice"),
    [
        ("It broke.", "It broke. Mend it."),
        ("It broke", "It broke. Mend it."),
        ("坏了。", "坏了。Mend it."),
    ],
)
def test_advice_is_message_and_step_as_a_person_reads_them(message, advice):
    assert errors.ScreenError(message, step="Mend it.").advice == advice
