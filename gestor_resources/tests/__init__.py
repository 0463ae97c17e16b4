from . import test_booking
from . import test_booking_race
from . import test_booking_return
from . import test_booking_series
from . import test_lib
from . import test_outage
from . import test_resource
from . import test_security
