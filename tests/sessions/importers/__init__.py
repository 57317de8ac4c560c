"""Tests of sessions.importers."""
