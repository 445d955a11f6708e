"""A run as one self-contained page: `assay.report.write.write(run, path)`. It computes nothing."""
