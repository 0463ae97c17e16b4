from . import test_activity
from . import test_activity_event
from . import test_activity_lifecycle
from . import test_activity_performance
from . import test_activity_private
from . import test_activity_warning
from . import test_security
from . import test_activity_screens
