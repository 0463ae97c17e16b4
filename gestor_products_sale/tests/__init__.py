from . import test_line_precision
