from common.forms import SearchForm, search_field


class ChargeFilters(SearchForm):
    q = search_field("Order, connection or description")
