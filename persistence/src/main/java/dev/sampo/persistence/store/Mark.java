package dev.sampo.persistence.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.PublicKey;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A file outside the data directory that says how often each replica was opened (protocol W6). A
 * directory that was opened less often is an older copy or a restored backup, and must not speak
 * (RE1). One that was opened more often is not: it is raised first, and a crash may come between.
 */
final class Mark {

  private final Optional<Path> file;
  private final LedgerId network;
  private final PublicKey validator;
  private final ReentrantLock inThisProcess = new ReentrantLock();

  /** Without a {@code file} there is no mark. */
  Mark(Optional<Path> file, LedgerId network, PublicKey validator) {
    this.file = file.map(Path::toAbsolutePath);
    this.network = network;
    this.validator = validator;
  }

  /**
   * Reads the mark and keeps everybody else from it until the hold is closed.
   *
   * @param faults told what speaks against the use of it; then nothing is returned
   */
  Optional<Hold> hold(List<StartFault> faults) {
    return hold(false, faults);
  }

  /** As above, of a mark that is going to be made anew: a damaged one is as good as none. */
  Optional<Hold> holdToRestart(List<StartFault> faults) {
    return hold(true, faults);
  }

  private Optional<Hold> hold(boolean mayBeDamaged, List<StartFault> faults) {
    inThisProcess.lock();
    var hold =
        file.isPresent()
            ? take(file.get(), mayBeDamaged, faults)
            : Optional.of(new Hold(Optional.empty(), Optional.empty()));
    if (hold.isEmpty()) {
      inThisProcess.unlock();
    }
    return hold;
  }

  private Optional<Hold> take(Path path, boolean mayBeDamaged, List<StartFault> faults) {
    if (!Files.isDirectory(path.resolveSibling(""))) {
      faults.add(new StartFault.UnfitMark(path, "its folder does not exist; is a disk missing?"));
      return Optional.empty();
    }
    var lock = DirectoryLock.tryAcquireBeside(path, faults);
    if (lock.isEmpty()) {
      return Optional.empty();
    }
    int before = faults.size();
    var found = read(path, mayBeDamaged, faults);
    if (faults.size() > before) {
      lock.get().release();
      return Optional.empty();
    }
    return Optional.of(new Hold(lock, found));
  }

  private Optional<MarkText> read(Path path, boolean mayBeDamaged, List<StartFault> faults) {
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    try {
      var content = new String(DurableFile.read(path, MarkText.BYTES_MAX).toByteArray(), UTF_8);
      var text = MarkText.parse(content);
      if (text.isEmpty() && !mayBeDamaged) {
        faults.add(new StartFault.UnfitMark(path, "it is damaged"));
      }
      if (text.isPresent() && !text.get().isOf(network, validator)) {
        faults.add(new StartFault.UnfitMark(path, "it is that of another network or validator"));
      }
      return text;
    } catch (IOException unreadable) {
      faults.add(new StartFault.UnfitMark(path, "it cannot be read: " + unreadable.getMessage()));
      return Optional.empty();
    }
  }

  /** The mark, while nobody else may use it. */
  final class Hold implements Closeable {

    private final Optional<DirectoryLock> lock;
    private Optional<MarkText> found;

    private Hold(Optional<DirectoryLock> lock, Optional<MarkText> found) {
      this.lock = lock;
      this.found = found;
    }

    boolean isKept() {
      return file.isPresent();
    }

    /** Adds why a directory that was started with a mark cannot be started with this one. */
    void checkPresence(List<StartFault> faults) {
      if (file.isEmpty()) {
        faults.add(new StartFault.NoMark("the configuration names none"));
      } else if (found.isEmpty()) {
        faults.add(new StartFault.NoMark("there is no file " + file.get()));
      }
    }

    /** Adds why a directory in this tenure is not the newest. */
    void checkTenure(long tenure, List<StartFault> faults) {
      found
          .filter(mark -> mark.tenure() > tenure)
          .ifPresent(mark -> faults.add(new StartFault.EndedTenure(tenure, mark.tenure())));
    }

    /** Refuses replicas that have been opened more often than these have. */
    void requireNewest(List<MarkText.Entry> replicas) throws RefusedStart {
      var faults = new ArrayList<StartFault>();
      found.ifPresent(mark -> replicas.forEach(replica -> mark.check(replica, faults)));
      if (!faults.isEmpty()) {
        throw new RefusedStart(faults);
      }
    }

    /**
     * Makes it durable that these replicas have been opened so often, and that no directory of an
     * earlier tenure opens any more.
     */
    void raise(long tenure, List<MarkText.Entry> replicas) throws RefusedStart {
      replace(found.orElseGet(() -> new MarkText(network, validator)).raised(tenure, replicas));
    }

    /** As {@link #raise}, forgetting what was there. */
    void restart(List<MarkText.Entry> replicas) throws RefusedStart {
      replace(new MarkText(network, validator).raised(0, replicas));
    }

    private void replace(MarkText next) throws RefusedStart {
      if (file.isEmpty()) {
        return;
      }
      try {
        DurableFile.write(file.get(), Bytes.owning(next.text().getBytes(UTF_8)));
        found = Optional.of(next);
      } catch (IOException failed) {
        throw new RefusedStart(
            List.of(
                new StartFault.UnfitMark(
                    file.get(), "it cannot be written: " + failed.getMessage())));
      }
    }

    @Override
    public void close() {
      lock.ifPresent(DirectoryLock::release);
      inThisProcess.unlock();
    }
  }
}
