"""The numbers that Antrean holds, each measured against its floor in the same run."""
