"""One command that runs it all: broker, web, worker, beat, and in a demo the mailbox."""
