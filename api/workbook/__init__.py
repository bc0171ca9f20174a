"""The import of a job coach's workbook: read, check, plan, and only then write."""
