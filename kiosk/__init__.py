"""The full-screen touch window where a visitor takes a ticket."""
