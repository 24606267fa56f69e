from django.contrib.admin import AdminSite


class DeskSite(AdminSite):
    site_title = "DCC Connections desk"
    site_header = "DCC Connections desk"
    index_title = "Queues"
    enable_nav_sidebar = False
