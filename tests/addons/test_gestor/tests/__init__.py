from . import test_flags
from . import test_links
from . import test_link_access
from . import test_tour
from . import test_search
from . import test_planned_actions
from . import test_planned_survival
from . import test_automats
