from . import test_series_changes
from . import test_series_cost
from . import test_series_making
from . import test_series_security
