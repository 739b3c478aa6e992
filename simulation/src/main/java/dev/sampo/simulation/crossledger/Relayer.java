package dev.sampo.simulation.crossledger;

import dev.sampo.core.execution.LedgerReader;
import dev.sampo.core.packet.Packet;
import dev.sampo.core.packet.PacketOperation.Bundle;
import dev.sampo.core.packet.PacketOperation.OnPacket;
import dev.sampo.core.packet.PacketOperation.UpdateClient;
import dev.sampo.core.packet.PacketState;
import dev.sampo.core.packet.PeerClient;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.types.Height;
import dev.sampo.simulation.world.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Carries proofs to and fro on all channels. It remembers nothing: what is to be done stands in the
 * states of the ledgers, and what was in vain is seen there and done again.
 */
final class Relayer {

  /** So many operations rest upon one update. */
  private static final int OPERATIONS_MAX = 8;

  /** The newest anchor is at most so much older than the newest block that can be proven. */
  private static final long STALE_MILLIS = 3_000;

  private final List<Ledger> ledgers;
  private final List<Way> ways;
  private final AccountId self;
  private final boolean bundles;
  private final History history;
  private final TreeSet<String> under = new TreeSet<>();

  /**
   * A relayer that has not begun.
   *
   * @param bundles whether it hands in what belongs together by one transaction
   */
  Relayer(List<Ledger> ledgers, List<Way> ways, AccountId self, boolean bundles, History history) {
    this.ledgers = ledgers;
    this.ways = ways;
    this.self = self;
    this.bundles = bundles;
    this.history = history;
  }

  void act() {
    ways.forEach(this::act);
  }

  private void act(Way way) {
    var source = ledgers.get(way.from().ledger());
    var destination = ledgers.get(way.to().ledger());
    refresh(source, destination);
    var pending =
        source
            .read(reader -> Proven.pending(reader.state(), way.from().channel()))
            .orElse(List.of());
    if (!pending.isEmpty()) {
      var ends =
          destination.read(reader -> pending.stream().map(each -> end(reader, each)).toList());
      ends.ifPresent(known -> carry(way, source, present(known)));
      source
          .read(reader -> unanswered(reader, destination, pending))
          .ifPresent(proven -> carry(way, destination, proven));
    }
  }

  private static List<Proven> present(List<Optional<Proven>> some) {
    return some.stream().flatMap(Optional::stream).toList();
  }

  /** What ends the packet at its source, if it has come to that. */
  private static Optional<Proven> end(LedgerReader destination, Packet packet) {
    return Proven.acknowledge(destination, packet).or(() -> Proven.timeOut(destination, packet));
  }

  private static List<Proven> unanswered(
      LedgerReader source, Ledger destination, List<Packet> pending) {
    var open =
        destination
            .read(reader -> pending.stream().filter(each -> mayArrive(reader, each)).toList())
            .orElse(List.of());
    return present(open.stream().map(each -> Proven.receive(source, each)).toList());
  }

  private static boolean mayArrive(LedgerReader destination, Packet packet) {
    var answered =
        PacketState.acknowledgement(
            destination.state(), packet.destination().channel(), packet.sequence());
    return answered.isEmpty()
        && destination
            .lastHeader()
            .map(header -> header.time().isBefore(packet.timeout()))
            .orElse(true);
  }

  /** Lets {@code follower} know of the newest blocks of {@code followed}, so that it can send. */
  private void refresh(Ledger followed, Ledger follower) {
    var client = follower.find(reader -> PacketState.client(reader.state(), followed.id()));
    var newest = followed.find(Proven::newest);
    if (client.isPresent() && newest.isPresent()) {
      var update = newest.get();
      var key = "refresh " + followed.number() + " at " + follower.number();
      if (isStale(client.get(), update) && under.add(key)) {
        history.add(follower.number(), new Proven(update, update));
        follower.submit(self, update, _ -> under.remove(key));
      }
    }
  }

  private static boolean isStale(PeerClient client, UpdateClient update) {
    var newest = client.newest();
    long millis = update.finality().target().time().millis();
    return newest.height().equals(Height.ZERO) || millis - newest.time().millis() > STALE_MILLIS;
  }

  /** All of {@code proven} was read at one moment, so that one update serves it. */
  private void carry(Way way, Ledger to, List<Proven> proven) {
    var key = way.from() + " at " + to.number();
    if (proven.isEmpty() || !under.add(key)) {
      return;
    }
    var some = proven.subList(0, Math.min(OPERATIONS_MAX, proven.size()));
    some.forEach(each -> history.add(to.number(), each));
    if (bundles) {
      var bundle = bundle(some);
      history.add(to.number(), bundle);
      to.submit(self, bundle.operation(), _ -> under.remove(key));
    } else {
      carryOneByOne(key, to, some);
    }
  }

  private static Proven bundle(List<Proven> some) {
    var update = some.getFirst().update();
    var parts = some.stream().map(Proven::operation).map(OnPacket.class::cast).toList();
    return new Proven(update, new Bundle(Optional.of(update), parts));
  }

  private void carryOneByOne(String key, Ledger to, List<Proven> some) {
    to.submit(
        self,
        some.getFirst().update(),
        reply -> {
          if (reply instanceof Reply.Executed) {
            follow(key, to, some);
          } else {
            under.remove(key);
          }
        });
  }

  /** Packets whose operations were handed in together are looked at again when all are answered. */
  private void follow(String key, Ledger to, List<Proven> some) {
    var open = new ArrayList<>(some);
    for (var each : some) {
      to.submit(
          self,
          each.operation(),
          _ -> {
            open.remove(each);
            if (open.isEmpty()) {
              under.remove(key);
            }
          });
    }
  }
}
