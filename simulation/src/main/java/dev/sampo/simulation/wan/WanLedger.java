package dev.sampo.simulation.wan;

import dev.sampo.core.assets.Assets;
import dev.sampo.core.genesis.LedgerParameters;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.simulation.crypto.SimulatedSuite;
import dev.sampo.simulation.fault.Fault;
import dev.sampo.simulation.invariant.Invariant;
import dev.sampo.simulation.invariant.Violation;
import dev.sampo.simulation.swarm.Profile;
import dev.sampo.simulation.world.GivenLedger;
import dev.sampo.simulation.world.Machines;
import dev.sampo.simulation.world.PayingRing;
import dev.sampo.simulation.world.Reply;
import dev.sampo.simulation.world.SimulationSettings;
import dev.sampo.simulation.world.Visitor;
import dev.sampo.simulation.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A ledger of assets whose messages all take equally long, and in which each validator has a client
 * that pays through it.
 */
final class WanLedger {

  private static final long COINS = 1_000_000;
  private static final long SEED = 1;
  private static final long SECRET = 0x77616e;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final PayingRing ring;
  private final Visitor visitor;
  private final List<String> refused = new ArrayList<>();

  /** {@code watchers} see everything that happens. */
  WanLedger(int validators, Duration delay, LedgerParameters parameters, List<Invariant> watchers) {
    var clients = new SimulatedSuite(SECRET);
    this.ring = new PayingRing(validators, COINS, clients);
    var settings =
        new SimulationSettings(
            SEED, validators, Profile.RECOVERABLE, List.of(), List.of(), 0, Duration.ZERO);
    var given =
        GivenLedger.of(settings, Assets.NAME, ring.state(), clients)
            .withParameters(parameters)
            .withDelay(delay);
    this.visitor = Visitor.of(given, settings, Machines.SHIPPED, watchers);
  }

  /** The client of a validator pays a coin to the next one's; it arrives {@link #trip} later. */
  TransactionId pay(int validator) {
    var validUntil = visitor.now().plusMillis(PATIENCE.toMillis());
    var transaction = ring.payment(world().genesis().ledgerId(), validator, validUntil);
    visitor.submit(validator, transaction, PATIENCE, this::replied);
    return transaction.id();
  }

  private void replied(Reply reply) {
    switch (reply) {
      case Reply.Executed(var receipt, _) -> {
        if (!receipt.ok()) {
          refused.add(receipt.code());
        }
      }
      case Reply.Refused(var code) -> refused.add(code);
      case Reply.Silence _ -> refused.add("no answer");
    }
  }

  static Duration trip() {
    return Visitor.TRIP;
  }

  /** Payments that did not succeed; none without faults. */
  List<String> refused() {
    return List.copyOf(refused);
  }

  void inject(Fault fault) {
    visitor.inject(fault);
  }

  void runUntil(Duration time) {
    world().runUntil(time);
  }

  World world() {
    return visitor.world();
  }

  Duration time() {
    return world().time();
  }

  List<Violation> violations() {
    return world().violations();
  }
}
