"""PDFs read in processes of their own."""
