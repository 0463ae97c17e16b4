from . import test_automat_set
from . import test_data_check
from . import test_set_collect
from . import test_set_members
from . import test_set_rule
from . import test_set_security
from . import test_set_tour
from . import test_set_use
