"""An agency's questions as an Excel workbook: written to be filled offline, read back line by line. No query, no save."""
