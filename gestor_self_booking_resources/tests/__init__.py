from . import test_lib
from . import test_visit_resources
