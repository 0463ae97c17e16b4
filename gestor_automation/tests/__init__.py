from . import test_recurrence
