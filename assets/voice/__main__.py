"""`python -m assets.voice`: espeak-ng in a process of its own, because it is GPL-3 and may crash.

A request is a line of JSON on stdin, `{"language": "id", "text": "…"}`. The answer on stdout is a line of JSON,
`{"rate": 22050, "samples": 60000, "phonemes": ["…"]}`, and then the samples (mono, signed 16 bit, levelled), or
`{"problem": "…"}` alone. It ends when its stdin does.
"""

from __future__ import annotations

import json
import sys

from assets.voice.espeak import Espeak
from assets.voice.loudness import levelled


def main() -> int:
    """Answer until nobody asks any more."""
    espeak = Espeak()
    answers = sys.stdout.buffer
    for line in sys.stdin.buffer:
        asked = json.loads(line)
        try:
            spoken, phonemes = espeak.say(asked["language"], asked["text"])
        except OSError as error:
            answers.write(_line(problem=str(error)))
        else:
            sound = levelled(spoken, espeak.rate)
            answers.write(_line(rate=espeak.rate, samples=len(sound), phonemes=phonemes) + sound.tobytes())
        answers.flush()
    return 0


def _line(**said: object) -> bytes:
    return json.dumps(said).encode() + b"\n"


if __name__ == "__main__":
    sys.exit(main())
