"""A warning on standard error."""

import warnings

warnings.warn("beware", stacklevel=1)
# fault: stderr 0: it wrote to standard error: warnings.warn("beware", stacklevel=1)
