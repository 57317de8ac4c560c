"""Who may see and do what: every address, column and published field, for every kind of visitor."""
