"""The demo region: invented people with a year of events each, beside an imported workbook."""
