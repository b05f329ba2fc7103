// A file of events for TensorBoard, which shows a training while it runs.
import Foundation

/// Appends events to a new file of a folder, each with one call of the system, so that a reader never sees half of one
/// unless the disk is full. For one thread.
final class BoardFile {
  /// The file.
  let url: URL
  /// Why nothing more is written, as a sentence; nil while all is well.
  private(set) var complaint: String?
  private let file: FileHandle

  private var isStarted = false

  /// Begins a file behind those that `folder` has.
  init(folder: URL) throws(TrainingError) {
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw TrainingError("The folder \(folder.path) cannot be made; choose another --tensorboard.")
    }
    url = folder.appending(path: Self.name(in: folder))
    let descriptor = open(url.path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw TrainingError(
        "\(url.path) cannot be written (\(String(cString: strerror(errno)))); choose another --tensorboard.")
    }
    file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    write([.version], at: 0)
    if let complaint { throw TrainingError(complaint) }
  }

  /// Says that the training begins, or goes on, at `step`; once, before the first numbers.
  ///
  /// TensorBoard reads the files of a folder in the order of their names and forgets what older ones say of this step
  /// and later ones, so that a training that is continued from a checkpoint has no step twice.
  func start(at step: Int) {
    if !isStarted { write([.start], at: step) }
    isStarted = true
  }

  /// Appends numbers. When that fails, the file ends with its last whole event and `complaint` says why: a full disk is
  /// no reason to stop a training.
  func add(_ scalars: [(tag: String, value: Double)], at step: Int) { write([.scalars(scalars)], at: step) }

  private func write(_ contents: [BoardEvent.Content], at step: Int) {
    guard complaint == nil else { return }
    let time = Date().timeIntervalSince1970
    let records = contents.map { RecordFrame.bytes(BoardEvent(time: time, step: step, content: $0).data) }
    do {
      let end = try file.seekToEnd()
      do {
        try file.write(contentsOf: records.reduce(Data(), +))
      } catch {
        try file.truncate(atOffset: end)
        throw error
      }
    } catch {
      complaint = "\(url.path) cannot be written any more; the events of TensorBoard end at step \(step)."
    }
  }

  /// A name that TensorBoard takes for a file of events and that sorts behind those in the folder.
  private static func name(in folder: URL) -> String {
    let start = "events.out.tfevents."
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    let times = names.filter { $0.hasPrefix(start) }.compactMap { Int($0.dropFirst(start.count).prefix { $0 != "." }) }
    let time = max(Int(Date().timeIntervalSince1970), (times.max() ?? 0) + 1)
    return start + "\(time).\(ProcessInfo.processInfo.hostName).\(getpid())"
  }
}
