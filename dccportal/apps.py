from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "dccportal"
    verbose_name = "Portal"
