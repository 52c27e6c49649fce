"""Everything about pages: turns docs/, snippets/ and recordings into a site. Never part of the socktrace wheel."""
