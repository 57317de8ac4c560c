"""Verbs that write several rows: one transaction each, actor (`by`) and clock (`at`) passed in."""
