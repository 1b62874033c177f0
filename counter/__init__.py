"""The hall in a browser: the staff console and the visitor's phone page, one ASGI app.

Talks to the hall and to no other room.
"""
