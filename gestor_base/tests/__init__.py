from . import test_flag_dictionary
from . import test_js
from . import test_lib
from . import test_menus
from . import test_rate_limit
from . import test_security
from . import test_search
from . import test_roles
