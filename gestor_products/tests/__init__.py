from . import test_classifier
from . import test_goods
from . import test_lib
from . import test_main_supplier
from . import test_security
from . import test_substitute
from . import test_unit_fraction
from . import test_unit_precision
