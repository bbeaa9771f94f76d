"""Who is paid: payees, their tax papers and bank accounts, the call that confirms an account."""
