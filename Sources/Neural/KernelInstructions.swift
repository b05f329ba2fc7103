// The instruction set that the kernels run with.
import CKernels

/// Instruction sets that the kernels are compiled for. AVX2 and AVX-512 give the same bits.
public enum KernelInstructions: Int32, Sendable, CaseIterable {
  /// What every machine of the architecture has: SSE2 on x86-64, NEON on ARM.
  case portable = 0
  /// AVX2 with FMA and F16C.
  case avx2 = 1
  case avx512 = 2

  /// The best one of this machine, found once.
  public static let best = KernelInstructions(rawValue: neural_best_instructions()) ?? .portable
}
