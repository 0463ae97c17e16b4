from . import test_calendar_tour
from . import test_day_print
from . import test_events
from . import test_js
from . import test_lib
from . import test_security
