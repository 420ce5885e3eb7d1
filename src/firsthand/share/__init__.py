"""Records -> what others can use. Pure: nothing here reads, prints or fetches."""
