"""Free text about a field of research, matched to the areas of a controlled vocabulary."""
