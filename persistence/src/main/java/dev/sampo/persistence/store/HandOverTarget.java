package dev.sampo.persistence.store;

import dev.sampo.persistence.store.HandOver.Standing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The side of a hand-over that is to sign from then on (protocol V3), with a copy of the directory
 * that the {@linkplain HandOverSource source} has sealed: it takes the copy over or refuses it, and
 * does neither after the other.
 */
public final class HandOverTarget {

  private static final String AGAIN =
      "the copy is torn, or older than the hand-over; copy the source again, into an empty folder";

  private final LedgerDirectories directories;
  private final Residence residence;

  HandOverTarget(LedgerDirectories directories, Residence residence) {
    this.directories = directories;
    this.residence = residence;
  }

  /**
   * Begins the tenure of this copy: OPENED in place of SEALED. The mark, if the configuration names
   * one, is that of this directory from here on. Nothing has begun if this is interrupted.
   *
   * @param own the name of this node
   * @throws RefusedStart with everything that speaks against it
   */
  public HandOver takeOver(String own) throws IOException, RefusedStart {
    var sealed = sealedFor(own);
    try (var replicas = takeCopy()) {
      if (!sealedFor(own).equals(sealed) || !replicas.tail().equals(sealed.tail())) {
        throw RefusedStart.unfit(
            "does not end as the directory that was sealed for %s: %s".formatted(own, AGAIN));
      }
      long tenure = sealed.tenure() + 1;
      try (var mark = residence.requireMarkForCopy(tenure)) {
        mark.requireNewest(replicas.entries());
        // Whoever has copied the files need not have waited for the disk.
        DurableFile.syncAll(residence.root());
        // First the mark: a directory that was started with one is refused where there is none.
        mark.raise(tenure, replicas.entries());
        residence.setMarked(mark.isKept());
        var opened = sealed.as(Standing.OPENED, tenure);
        opened.write(residence.root());
        return opened;
      }
    }
  }

  private ClosedReplicas takeCopy() throws IOException, RefusedStart {
    try {
      return ClosedReplicas.take(directories);
    } catch (RefusedStart refused) {
      var faults = new ArrayList<>(refused.faults());
      if (faults.stream().anyMatch(StartFault.Damaged.class::isInstance)) {
        faults.add(new StartFault.UnfitHandOver("if the source is whole, " + AGAIN));
      }
      throw new RefusedStart(faults);
    }
  }

  /**
   * Declines the tenure of this copy for good: REFUSED in place of SEALED. The copy need not be
   * whole: its files INIT and HANDOVER are enough. May be repeated.
   *
   * @param own the name of this node
   * @return what the source has to be told
   * @throws RefusedStart with everything that speaks against it, above all that it was taken over
   */
  public HandOver refuse(String own) throws IOException, RefusedStart {
    var faults = new ArrayList<StartFault>();
    InitFile.check(residence.root(), residence.network(), residence.validator(), faults);
    RefusedStart.requireNone(faults);
    var lock = DirectoryLock.tryAcquire(residence.root(), faults);
    RefusedStart.requireNone(faults);
    try {
      var newest = HandOver.newest(residence.root());
      if (newest.isPresent() && newest.get().standing() == Standing.REFUSED) {
        return newest.get();
      }
      var sealed = sealedFor(own);
      var refused = sealed.as(Standing.REFUSED, sealed.tenure() + 1);
      try (var mark = residence.requireMarkForCopy(Long.MAX_VALUE)) {
        // Another copy that is still sealed cannot begin this tenure here any more.
        mark.raise(refused.tenure() + 1, List.of());
        refused.write(residence.root());
        return refused;
      }
    } finally {
      lock.ifPresent(DirectoryLock::release);
    }
  }

  private HandOver sealedFor(String own) throws RefusedStart {
    var newest = HandOver.newest(residence.root());
    if (newest.isEmpty()) {
      throw RefusedStart.unfit(
          "is not sealed: it is no copy, or one from before its hand-over, which never signs");
    }
    var handOver = newest.get();
    return switch (handOver.standing()) {
      case OPENED -> throw RefusedStart.unfit("was taken over before, by " + handOver.target());
      case REFUSED -> throw RefusedStart.of(new StartFault.Refused(handOver.target()));
      case SEALED -> {
        if (!handOver.target().equals(own)) {
          throw RefusedStart.unfit(
              "was handed over to node %s, and this is %s".formatted(handOver.target(), own));
        }
        yield handOver;
      }
    };
  }
}
