"""Orders, enquiries, bank holidays and refused forms in the admin."""

from orders.admin.enquiries import EnquiryAdmin
from orders.admin.order_list import OrderListAdmin
from orders.admin.registers import BankHolidayAdmin, RefusedFormAdmin

__all__ = ["BankHolidayAdmin", "EnquiryAdmin", "OrderListAdmin", "RefusedFormAdmin"]
