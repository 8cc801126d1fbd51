"""What scripts, Makefiles and the steps of workflows run: builds on a command line, and what is made before them."""
