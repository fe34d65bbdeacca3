print("$ let $\n" * 300)
