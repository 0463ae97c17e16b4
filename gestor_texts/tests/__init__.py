from . import test_js
from . import test_lib
from . import test_menus
from . import test_security
