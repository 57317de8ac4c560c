"""Abstracts from source to page."""
