"""The shared templates, rendered alone."""
