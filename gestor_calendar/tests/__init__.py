from . import test_day_print
from . import test_events
from . import test_security
