package dev.sampo.persistence.store;

import dev.sampo.persistence.store.HandOver.Standing;
import java.io.IOException;
import java.util.List;

/**
 * The side of a hand-over that signed until then (protocol V3): the directory is sealed, and copied
 * by its operator to the {@linkplain HandOverTarget target}. Each tenure is that of one directory:
 * m of the source, m + 1 of the target, and m + 2 of the source again if the target has refused.
 * Every step works on a directory that no process has open, and is durable as a whole or not done.
 */
public final class HandOverSource {

  private final LedgerDirectories directories;
  private final Residence residence;

  HandOverSource(LedgerDirectories directories, Residence residence) {
    this.directories = directories;
    this.residence = residence;
  }

  /**
   * Ends the tenure of this directory, for good unless the target refuses: SEALED. May be repeated
   * for the same target, which finishes what was interrupted.
   *
   * @param own the name of this node
   * @param target the name of another node, which alone can take it over
   * @throws RefusedStart with everything that speaks against it
   */
  public HandOver seal(String own, String target) throws IOException, RefusedStart {
    if (own.equals(target)) {
      throw RefusedStart.unfit(
          "cannot be handed over to the node that it is on, " + own + ": each has its own name");
    }
    try (var replicas = ClosedReplicas.take(directories)) {
      var newest = HandOver.newest(residence.root());
      long tenure = Residence.tenureOf(newest);
      if (newest.isPresent()) {
        switch (newest.get().standing()) {
          case SEALED -> {
            return sealAgain(newest.get(), target);
          }
          case REFUSED -> throw RefusedStart.of(new StartFault.Refused(newest.get().target()));
          case OPENED -> {}
        }
      }
      try (var mark = residence.requireMark(tenure)) {
        mark.requireNewest(replicas.entries());
        var sealed = new HandOver(Standing.SEALED, tenure, replicas.tail(), target);
        sealed.write(residence.root());
        endHere(mark, sealed);
        return sealed;
      }
    }
  }

  private HandOver sealAgain(HandOver sealed, String target) throws RefusedStart {
    if (!sealed.target().equals(target)) {
      throw RefusedStart.of(new StartFault.Sealed(sealed.target()));
    }
    try (var mark = residence.requireMarkForCopy(Long.MAX_VALUE)) {
      endHere(mark, sealed);
      return sealed;
    }
  }

  /** The target's tenure cannot begin here either, under whatever name. */
  private static void endHere(Mark.Hold mark, HandOver sealed) throws RefusedStart {
    mark.raise(sealed.tenure() + 2, List.of());
  }

  /**
   * Takes the source back: it opens again, in the tenure after the one that was refused.
   *
   * @param own the name of this node
   * @param refused what the target has refused; that the validator has signed it was checked before
   * @throws RefusedStart with everything that speaks against it
   */
  public HandOver cancel(String own, HandOver refused) throws IOException, RefusedStart {
    try (var replicas = ClosedReplicas.take(directories)) {
      var newest = HandOver.newest(residence.root());
      if (newest.isEmpty() || newest.get().standing() != Standing.SEALED) {
        throw RefusedStart.unfit("is not sealed: no hand-over is to be cancelled");
      }
      var sealed = newest.get();
      if (!refused.equals(sealed.as(Standing.REFUSED, sealed.tenure() + 1))) {
        throw RefusedStart.unfit(
            "was handed over to node "
                + sealed.target()
                + " in tenure "
                + sealed.tenure()
                + ", and the refusal is that of another hand-over");
      }
      if (!replicas.tail().equals(sealed.tail())) {
        throw RefusedStart.of(new StartFault.Damaged("it has changed since it was sealed"));
      }
      var opened = new HandOver(Standing.OPENED, refused.tenure() + 1, sealed.tail(), own);
      opened.write(residence.root());
      return opened;
    }
  }
}
