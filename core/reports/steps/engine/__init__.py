"""The engine: one definition becomes a page, a chart, a paper, a workbook, a table or a file for programs."""
