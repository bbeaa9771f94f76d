"""A report to take along: as a PDF to read and print, as a workbook to reckon with."""
