from . import test_limits
from . import test_rules
from . import test_gate
from . import test_decision
from . import test_approval_security
from . import test_approval_portal
from . import test_approval_performance
