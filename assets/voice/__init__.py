"""The voice, offline: from a number and a counter to words, from words to sound, and the sound to a device. No Qt.

Board and kiosk both speak by it. What talks to espeak-ng runs as `python -m assets.voice`, a process of its own.
"""
