from common.forms import SearchForm, search_field


class ChargeFilters(SearchForm):
    q = search_field("Order, connection or description")


class InvoiceFilters(SearchForm):
    q = search_field("Number, order, connection or description")
