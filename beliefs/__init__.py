"""What is held: the model, the store, the journal and learning."""
