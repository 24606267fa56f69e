from common.forms import SearchForm, search_field


class MailSearchForm(SearchForm):
    q = search_field("Address, subject or order")
