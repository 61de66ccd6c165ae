"""What the pages read: one module per page, one function per page, values ready to show."""
