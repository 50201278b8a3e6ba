"""Ranked search over passages: TF-IDF by scikit-learn, postings on disk."""
