from . import test_flags
from . import test_history
from . import test_info_panel
from . import test_link_access
from . import test_links
from . import test_relation_map
from . import test_search
from . import test_tour
