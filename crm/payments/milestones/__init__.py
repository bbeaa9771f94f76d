"""When what a contract pays becomes due, what is given beside money, and the commission of a month."""
