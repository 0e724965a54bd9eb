"""One module a group of commands: arguments -> parts -> one call -> what a person reads."""
