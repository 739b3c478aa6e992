package dev.sampo.core.packet.relay;

import dev.sampo.core.packet.PacketOperation.Bundle;
import java.time.Duration;

/**
 * Who of several relayers goes first, so that not all of them carry everything. Runs of consecutive
 * packets have one relayer, which brings them by one bundle; the others step in later, each a step
 * after the one before.
 *
 * @param self the place of this relayer among them
 * @param relayers how many there are
 * @param step how much longer each waits than the one whose turn comes before
 */
public record RelayTurns(int self, int relayers, Duration step) {

  /** Consecutive packets whose first relayer is the same. */
  static final int RUN = Bundle.PARTS_MAX;

  /** Whoever is further from the turn than this waits no longer for it. */
  static final int DISTANCE_MAX = 30;

  /** For the only relayer. */
  public static final RelayTurns ALONE = new RelayTurns(0, 1, Duration.ZERO);

  public RelayTurns {
    if (self < 0 || self >= relayers || step.isNegative()) {
      throw new IllegalArgumentException("a relayer has a place among all, and a step to wait");
    }
  }

  /** How long this relayer leaves the packet with this number to those whose turn comes before. */
  Duration patience(long sequence) {
    int turn = Math.floorMod(sequence / RUN, relayers);
    int distance = Math.floorMod(self - turn, relayers);
    return step.multipliedBy(Math.min(distance, DISTANCE_MAX));
  }
}
