"""Registers what shows several apps at once, and takes away what nobody uses here."""

from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.models import Group

from dccportal.desk.orders import OrderAdmin
from dccportal.desk.parties import RegisterAdmin

__all__ = ["OrderAdmin", "RegisterAdmin"]

# What a person may do follows from their role and their nominations, not from groups.
for model in (Group, EmailAddress):
    if admin.site.is_registered(model):
        admin.site.unregister(model)
