from . import test_access
from . import test_addresses
from . import test_engine
from . import test_layouts
from . import test_merged_quotation
from . import test_records
