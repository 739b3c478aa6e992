package dev.sampo.simulation.crossledger;

import dev.sampo.core.assets.AssetId;
import dev.sampo.core.packet.Packet;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.transaction.Receipt;
import dev.sampo.core.types.Height;
import java.util.Optional;

/** A packet that was sent, what it carries, and what has become of it so far. */
final class Course {

  /** What the destination made of it, and where. */
  record Arrival(Height height, String code) {}

  /** An amount on its way. */
  record Load(AssetId asset, long amount, AccountId from, AccountId to) {}

  private final Packet packet;
  private final Way way;
  private final Load load;
  private Optional<Arrival> arrival = Optional.empty();
  private boolean isSettled;
  private boolean isRefunded;

  Course(Packet packet, Way way, Load load) {
    this.packet = packet;
    this.way = way;
    this.load = load;
  }

  Packet packet() {
    return packet;
  }

  Way way() {
    return way;
  }

  Load load() {
    return load;
  }

  Optional<Arrival> arrival() {
    return arrival;
  }

  void arrived(Height height, String code) {
    arrival = Optional.of(new Arrival(height, code));
  }

  boolean isReceived() {
    return arrival.filter(known -> known.code.equals(Receipt.OK)).isPresent();
  }

  /** Its source knows its end. */
  boolean isSettled() {
    return isSettled;
  }

  void settled() {
    isSettled = true;
  }

  boolean isRefunded() {
    return isRefunded;
  }

  void refunded() {
    isRefunded = true;
  }

  /** What it carries is neither at its destination nor back at its source. */
  boolean isUnderWay() {
    return !isReceived() && !isRefunded;
  }

  @Override
  public String toString() {
    return "packet %d from %s to %s".formatted(packet.sequence(), way.from(), way.to());
  }
}
