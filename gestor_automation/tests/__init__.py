from . import test_recurrence
from . import test_security
from . import test_error_dialog
from . import test_js
