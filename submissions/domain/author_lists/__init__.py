"""Pasted author lists: from text as it stands in papers and mails to authors one by one."""

from submissions.domain.author_lists.splitting import LONGEST, split_author_list
from submissions.domain.author_lists.values import Doubt, Note, SplitAuthor, SplitList

__all__ = ["LONGEST", "Doubt", "Note", "SplitAuthor", "SplitList", "split_author_list"]
