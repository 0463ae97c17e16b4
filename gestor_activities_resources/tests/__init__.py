from . import test_activity_booking
from . import test_activity_plan
from . import test_board
from . import test_board_tour
from . import test_js
from . import test_security
