"""What is said and how long it takes."""

import pytest

from patchbay.simulator import speech


@pytest.mark.parametrize(
    ("ssml", "heard"),
    [
        ("<speak>Hello, Ana.</speak>", "Hello, Ana."),
        ('You owe <say-as interpret-as="characters">512</say-as>. Bye.', "You owe 512. Bye."),
        ("<p>One.</p><p>Two.</p>", "One. Two."),
        ('Now<break time="1s"/>then', "Now then"),
        ("Fish &amp;\n  chips", "Fish & chips"),
    ],
)
def test_the_caller_hears_words_not_tags(ssml: str, heard: str) -> None:
    assert speech.plain(ssml) == heard


def test_a_minute_of_words_takes_a_minute() -> None:
    assert speech.duration_ms("word " * speech.WORDS_PER_MINUTE) == 60_000


def test_breaks_add_up() -> None:
    assert speech.pauses_ms("""<break time="2s"/>a<break time='250ms' /><break strength="strong"/>""") == 2250
