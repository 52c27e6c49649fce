"""Everything about pages: turns docs/, snippets/ and recordings into a site. Never part of the socktrace wheel.

Its rooms, from the ground up; none needs one that stands below it in this list:

- `reading`: files, fences, their options, and links, each mistake with its line
- `programs`: the snippets, sessions and what-ifs of a checkout; recording and judging them
- `data`: what stands in `docs/data/`, and whether it is whole
- `figures`: the vocabulary that the sources in `docs/figures/` are written with
- `connectors`: hardware ports, drawn to scale
- `markup`: HTML that blocks have in common: links, citations, signs
- `kit`: what each block is made with: `Block`, the library of the checkout, the places of runs
- `blocks`: one module for each kind of block, and the registry of all
- `pages`: blocks together: the Markdown extension that both builders call
- `checks`: what is wrong with a checkout, found without a builder
- `__main__`: the command line: `python -m sitebuild record` and `check`
"""
