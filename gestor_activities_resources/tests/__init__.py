from . import test_activity_booking
from . import test_board
