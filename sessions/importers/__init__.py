"""From files to plain values. Imports no Django."""
