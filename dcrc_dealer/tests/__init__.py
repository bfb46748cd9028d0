from . import common
from . import test_foundations_tools
from . import test_foundations_customer
from . import test_foundations_car
