"""The printer room: takes print jobs out of the hall, draws the slip, drives the device, tells what became of it."""
