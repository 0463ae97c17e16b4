from . import test_call_claim
from . import test_call_race
from . import test_call_screen
from . import test_incoming_call
from . import test_js
from . import test_make_list
from . import test_performance
from . import test_security
