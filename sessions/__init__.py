"""Accepted talks in rooms and hours. Imports submissions only."""
