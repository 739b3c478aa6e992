package dev.sampo.simulation.crossledger;

import dev.sampo.core.assets.AssetId;
import dev.sampo.core.packet.Packet;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.transaction.Receipt;
import dev.sampo.core.types.Height;
import java.util.List;
import java.util.Optional;

/** A packet that was sent, what it carries, and what has become of it so far. */
final class Course {

  /** What the destination made of it, and where. */
  record Arrival(Height height, String code) {}

  /** An amount on its way. */
  record Load(AssetId asset, long amount, AccountId from, AccountId to) {}

  private final Packet packet;
  private final Way way;
  private final List<Load> loads;
  private final Optional<Move> move;
  private Optional<Arrival> arrival = Optional.empty();
  private boolean isSettled;
  private boolean isRefunded;

  /** A whole account on its way, and the generation in which it arrives. */
  record Move(AccountId account, long generation) {}

  private Course(Packet packet, Way way, List<Load> loads, Optional<Move> move) {
    this.packet = packet;
    this.way = way;
    this.loads = List.copyOf(loads);
    this.move = move;
  }

  static Course ofAmount(Packet packet, Way way, Load load) {
    return new Course(packet, way, List.of(load), Optional.empty());
  }

  /** {@code loads}: all that the account holds. */
  static Course ofAccount(Packet packet, Way way, List<Load> loads, Move move) {
    return new Course(packet, way, loads, Optional.of(move));
  }

  Packet packet() {
    return packet;
  }

  Way way() {
    return way;
  }

  List<Load> loads() {
    return loads;
  }

  /** How much of an asset it carries, as its source calls it. */
  long amountOf(String asset) {
    return loads.stream()
        .filter(load -> load.asset().name().equals(asset))
        .mapToLong(Load::amount)
        .sum();
  }

  /** The account that moves, if one does. */
  Optional<Move> move() {
    return move;
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
