from . import test_absence_warning
from . import test_leave_substitution
