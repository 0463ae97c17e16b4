from . import test_loss
from . import test_process_scenario
from . import test_realization
from . import test_report
from . import test_report_security
