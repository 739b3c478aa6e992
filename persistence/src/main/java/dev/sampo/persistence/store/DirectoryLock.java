package dev.sampo.persistence.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps a second process away from a data directory or a mark (fault 34). The lock goes with the
 * process, however it ends; the process id in the file only tells who holds it.
 */
final class DirectoryLock implements Closeable {

  static final String NAME = "LOCK";

  private static final int PID_LENGTH_MAX = 20;

  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes the lock, or adds to {@code faults} why it cannot be had. */
  static Optional<DirectoryLock> tryAcquire(Path directory, List<StartFault> faults) {
    return tryAcquire(directory.resolve(NAME), directory, faults);
  }

  /** As above, for a file that is replaced as a whole: the lock has a file of its own beside it. */
  static Optional<DirectoryLock> tryAcquireBeside(Path file, List<StartFault> faults) {
    return tryAcquire(file.resolveSibling(file.getFileName() + ".lock"), file, faults);
  }

  private static Optional<DirectoryLock> tryAcquire(
      Path lockFile, Path of, List<StartFault> faults) {
    try {
      return lock(lockFile, of, faults);
    } catch (IOException failed) {
      faults.add(new StartFault.Unusable(lockFile.toString(), String.valueOf(failed)));
      return Optional.empty();
    }
  }

  private static Optional<DirectoryLock> lock(Path lockFile, Path of, List<StartFault> faults)
      throws IOException {
    var options =
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    var channel = FileChannel.open(lockFile, options, ownerOnly);
    if (isLocked(channel)) {
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(ownPid().getBytes(US_ASCII)), 0);
      return Optional.of(new DirectoryLock(channel));
    }
    faults.add(new StartFault.Locked(of, pidIn(channel)));
    channel.close();
    return Optional.empty();
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException heldByThisProcess) {
      // Closing this channel drops the lock of the other one, as POSIX has it. The database has a
      // lock of its own, which still stands.
      return false;
    }
  }

  private static String pidIn(FileChannel channel) throws IOException {
    var content = ByteBuffer.allocate(PID_LENGTH_MAX);
    channel.read(content, 0);
    return US_ASCII.decode(content.flip()).toString();
  }

  private static String ownPid() {
    return Long.toString(ProcessHandle.current().pid());
  }

  /** As {@link #close}, where no failure is expected. */
  void release() {
    try {
      close();
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot release the lock of a data directory", failed);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
