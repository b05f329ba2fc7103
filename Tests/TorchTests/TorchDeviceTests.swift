// The choice of a device, as far as a machine without CUDA can tell.
import Testing
import Torch

@Suite struct TorchDeviceTests {
  @Test(arguments: ["gpu", "cuda:", "cuda:x", "cuda:1234", "CPU", ""]) func wrongNamesAreRefused(name: String) {
    let error = #expect(throws: TorchError.self) { try TorchDevice.use(name) }
    #expect(error?.description == "device: the device \"\(name)\" is none; give cpu, cuda or cuda:N")
  }

  @Test func theProcessorIsAlwaysThere() throws {
    try TorchDevice.use("cpu")
    #expect(!TorchDevice.isCUDA)
    #expect(try Tensor([1, 2] as [Float]).floats() == [1, 2])
  }

  @Test func cudaThatIsMissingIsOneSentence() {
    do throws(TorchError) {
      try TorchDevice.use("cuda:99")
      Issue.record("there is no machine with 100 devices")
    } catch {
      #expect(error.description.contains("LIBTORCH_PATH") || error.description.contains("there is no device cuda:99"))
      #expect(!error.description.contains("\n"))
    }
    #expect(!TorchDevice.isCUDA)
  }
}
