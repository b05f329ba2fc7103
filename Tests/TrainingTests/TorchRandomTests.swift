// The suite of all tests that use libtorch's random numbers.
import Testing

/// These numbers belong to the process, so the tests within run one after the other.
@Suite(.serialized) enum TorchRandomTests {}
