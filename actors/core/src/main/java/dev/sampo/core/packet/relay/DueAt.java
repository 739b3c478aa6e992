package dev.sampo.core.packet.relay;

import dev.sampo.core.packet.PacketOperation.Bundle;
import dev.sampo.core.packet.PacketOperation.OnPacket;
import dev.sampo.core.packet.PacketOperation.UpdateClient;
import dev.sampo.core.packet.relay.RelayRound.Due;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is due at one ledger in a round, put into transactions. Each brings the anchor that its
 * parts need, as nobody knows which of them is ordered first; a second update is a no-op.
 */
final class DueAt {

  /** Of the operations of a transaction, which has 64 KiB. */
  static final int BYTES_MAX = 56 * 1024;

  private final LedgerId at;
  private final List<Due> full = new ArrayList<>();
  private final List<OnPacket> parts = new ArrayList<>();
  private Optional<UpdateClient> update = Optional.empty();
  private int lengthOfAnchor;
  private int count;
  private int bytes;
  private int bytesOfAll;

  DueAt(LedgerId at) {
    this.at = at;
  }

  /** An anchor that is due by itself. */
  void add(UpdateClient anchor) {
    if (update.isEmpty()) {
      update = Optional.of(anchor);
      grow(lengthOnce(anchor));
    }
  }

  /**
   * Adds a part, and the anchor that it rests upon if the ledger has not got that one. If the two
   * are too long for one transaction, the part is left to a later round.
   */
  void add(OnPacket part, Optional<UpdateClient> anchor) {
    int ofAnchor = anchor.map(this::lengthOnce).orElse(0);
    int length = lengthOfNext(part);
    int more = update.isEmpty() ? length + ofAnchor : length;
    int siblings = Bundle.siblings(parts) + Bundle.siblings(List.of(part));
    if (parts.size() == Bundle.PARTS_MAX
        || siblings > Bundle.SIBLINGS_MAX
        || bytes + more > BYTES_MAX) {
      close();
      length = lengthOfNext(part);
    }
    anchor.ifPresent(this::add);
    if (length + ofAnchor <= BYTES_MAX) {
      parts.add(part);
      count++;
      grow(length);
    }
  }

  private int lengthOfNext(OnPacket part) {
    return Bundle.lengthOf(part, parts.isEmpty() ? Optional.empty() : Optional.of(parts.getLast()));
  }

  private void grow(int length) {
    bytes += length;
    bytesOfAll += length;
  }

  private void close() {
    if (update.isPresent() || !parts.isEmpty()) {
      full.add(new Due(at, update, parts));
    }
    update = Optional.empty();
    parts.clear();
    bytes = 0;
  }

  /** How many packets are taken a step further. */
  int count() {
    return count;
  }

  int bytes() {
    return bytesOfAll;
  }

  List<Due> all() {
    close();
    return List.copyOf(full);
  }

  /** A round has one anchor at a ledger, which may have many headers and comes with every part. */
  private int lengthOnce(UpdateClient anchor) {
    if (lengthOfAnchor == 0) {
      lengthOfAnchor = WireWriter.encode(anchor::writeTo).length();
    }
    return lengthOfAnchor;
  }
}
