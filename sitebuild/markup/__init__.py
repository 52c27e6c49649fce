"""HTML that blocks have in common: links, citations, signs, and what the search or the contents pass over."""
