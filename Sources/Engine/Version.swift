// The version that all programs of the package report.

/// The package's version, by semantic versioning.
public let antiphonVersion = "0.1.0"
