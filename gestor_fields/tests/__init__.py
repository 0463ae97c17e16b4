from . import test_js
from . import test_own_field_definitions
from . import test_security
