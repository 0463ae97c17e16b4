from . import autotext_format
from . import autotext_reader
from . import field_paths
from . import placeholders
from . import print_table
