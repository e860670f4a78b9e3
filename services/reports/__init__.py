"""Documents to print: what they say (one module each), and how it becomes DOCX, PDF, XLSX, HTML and CSV."""
