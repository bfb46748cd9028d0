from . import audit_book
from . import audit_seal
from . import chart
from . import remark
