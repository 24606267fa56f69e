from billing.documents.einvoice import render_xml
from billing.documents.export import csv_rows, json_text
from billing.documents.invoice import TEMPLATE, invoice_facts, render_invoice

__all__ = [
    "TEMPLATE",
    "csv_rows",
    "invoice_facts",
    "json_text",
    "render_invoice",
    "render_xml",
]
