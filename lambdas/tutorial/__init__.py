"""The function of AWS's tutorial: a company's name in, a balance and a web site out."""
