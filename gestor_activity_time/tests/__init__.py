from . import test_clock
from . import test_clock_race
from . import test_forgotten
from . import test_js
from . import test_lib
from . import test_security
from . import test_time_entry
from . import test_time_sums
