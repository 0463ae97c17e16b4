from . import test_classifier_search
from . import test_line_precision
