// Tokens of the right form.
func tokenText(_ seed: Int) -> String { "cpt_" + String(repeating: "\(seed)", count: 36) }
