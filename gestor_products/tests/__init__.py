from . import test_goods
from . import test_lib
from . import test_security
from . import test_unit_fraction
from . import test_unit_precision
