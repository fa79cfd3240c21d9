import Shell

print("waymark")
