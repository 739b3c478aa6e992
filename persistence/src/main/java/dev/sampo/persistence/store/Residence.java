package dev.sampo.persistence.store;

import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.PublicKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A data directory as the place where a validator signs: the only one, as far as its hand-overs and
 * its mark can tell (protocol V3, W6).
 *
 * @param network the first ledger, whose replica is the directory itself
 */
record Residence(Path root, LedgerId network, PublicKey validator, Mark mark) {

  /** Is there once the directory was started with a mark: it never is without one any more. */
  private static final String MARKED = "MARKED";

  Residence {
    root = root.toAbsolutePath();
  }

  static Residence of(Path root, LedgerId network, PublicKey validator, Optional<Path> markFile) {
    return new Residence(root, network, validator, new Mark(markFile, network, validator));
  }

  ReplicaPlace first() {
    return new ReplicaPlace(root, network, this);
  }

  /**
   * Takes the mark, unless no replica may open here, for whatever reason. To be called once the
   * lock of one of its replicas is held, so that no hand-over can come between.
   */
  Optional<Mark.Hold> enter(List<StartFault> faults) {
    int before = faults.size();
    var handOver = HandOver.read(root, faults);
    handOver.ifPresent(newest -> checkOpen(newest, faults));
    // The mark of a node has nothing to say of a directory that is to go on at another one.
    return faults.size() > before ? Optional.empty() : holdMark(tenureOf(handOver), faults);
  }

  /** Takes the mark for a directory in a tenure. */
  Mark.Hold requireMark(long tenure) throws RefusedStart {
    var faults = new ArrayList<StartFault>();
    var held = holdMark(tenure, faults);
    RefusedStart.requireNone(faults);
    return held.orElseThrow();
  }

  /** As above, where there need not be one although the directory had one where it came from. */
  Mark.Hold requireMarkForCopy(long tenure) throws RefusedStart {
    var faults = new ArrayList<StartFault>();
    var held = holdMark(tenure, false, faults);
    RefusedStart.requireNone(faults);
    return held.orElseThrow();
  }

  private Optional<Mark.Hold> holdMark(long tenure, List<StartFault> faults) {
    return holdMark(tenure, Files.exists(root.resolve(MARKED)), faults);
  }

  private Optional<Mark.Hold> holdMark(long tenure, boolean isNeeded, List<StartFault> faults) {
    var held = mark.hold(faults);
    if (held.isEmpty()) {
      return held;
    }
    var found = new ArrayList<StartFault>();
    if (isNeeded) {
      held.get().checkPresence(found);
    }
    held.get().checkTenure(tenure, found);
    faults.addAll(found);
    if (found.isEmpty()) {
      return held;
    }
    held.get().close();
    return Optional.empty();
  }

  private static void checkOpen(HandOver newest, List<StartFault> faults) {
    switch (newest.standing()) {
      case SEALED -> faults.add(new StartFault.Sealed(newest.target()));
      case REFUSED -> faults.add(new StartFault.Refused(newest.target()));
      case OPENED -> {}
    }
  }

  static long tenureOf(Optional<HandOver> newest) {
    return newest.map(HandOver::tenure).orElse(0L);
  }

  /** Has the mark follow a replica whose new epoch is durable. */
  void raise(Mark.Hold held, NodeIdentity.Record opened) throws IOException, RefusedStart {
    if (!held.isKept()) {
      return;
    }
    held.raise(tenureOf(HandOver.newest(root)), List.of(MarkText.Entry.of(opened)));
    // Only now: if the mark could not be written, the next start may still write the first one.
    setMarked(true);
  }

  /** From now on it needs its mark at each start, or does not. */
  void setMarked(boolean isMarked) throws IOException {
    var file = root.resolve(MARKED);
    if (isMarked && !Files.exists(file)) {
      DurableFile.write(file, Bytes.ofAscii("format " + NodeIdentity.FORMAT + "\n"));
    } else if (!isMarked && Files.deleteIfExists(file)) {
      DurableFile.sync(root);
    }
  }
}
