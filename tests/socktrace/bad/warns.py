"""A warning on standard error."""

import warnings

warnings.warn("beware", stacklevel=1)
# fault: stderr 5: it wrote to standard error: UserWarning: beware
