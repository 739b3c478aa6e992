package dev.sampo.simulation.deployment;

import dev.sampo.core.assets.Assets;
import dev.sampo.simulation.crypto.SimulatedSuite;
import dev.sampo.simulation.fault.Fault;
import dev.sampo.simulation.fault.Tail;
import dev.sampo.simulation.invariant.Violation;
import dev.sampo.simulation.swarm.Profile;
import dev.sampo.simulation.world.GivenLedger;
import dev.sampo.simulation.world.Machines;
import dev.sampo.simulation.world.PayingRing;
import dev.sampo.simulation.world.Premises;
import dev.sampo.simulation.world.Reply;
import dev.sampo.simulation.world.SimulationSettings;
import dev.sampo.simulation.world.Visitor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** One ledger of a deployment, whose accounts pay each other. */
final class DeployedLedger {

  private static final long COINS = 1_000_000_000;
  private static final int ACCOUNTS = 64;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Committee committee;
  private final PayingRing ring;
  private final Visitor visitor;
  private final BlockMeter meter;
  private long paid;

  DeployedLedger(Committee committee, long seed, Premises premises) {
    this.committee = committee;
    var clients = new SimulatedSuite(seed);
    this.ring = new PayingRing(ACCOUNTS, COINS, clients);
    this.meter = new BlockMeter();
    var settings =
        new SimulationSettings(
            seed, committee.size(), Profile.RECOVERABLE, List.of(), List.of(), 0, Duration.ZERO);
    var given = GivenLedger.of(settings, Assets.NAME, ring.state(), clients).on(premises);
    this.visitor = Visitor.of(given, settings, Machines.SHIPPED, List.of(meter));
  }

  /** An account pays the next one a coin by this member, and is told what became of it. */
  void pay(int member, Consumer<Reply> listener) {
    int payer = (int) (paid++ % ACCOUNTS);
    var validUntil = visitor.now().plusMillis(PATIENCE.toMillis());
    var transaction = ring.payment(visitor.world().genesis().ledgerId(), payer, validUntil);
    visitor.submit(member, transaction, PATIENCE, listener);
  }

  Committee committee() {
    return committee;
  }

  BlockMeter meter() {
    return meter;
  }

  /** TI7: a member's host has less time than its ledgers want, or has time again. */
  void hostIsBusy(int validator, boolean busy) {
    int member = committee.members().indexOf(validator);
    if (member >= 0) {
      visitor.hostIsBusy(member, busy);
    }
  }

  /** All members there are gone for good, and nothing reaches them or comes from them any more. */
  void lose(int dataCentre, Shape shape) {
    var left = new ArrayList<Integer>();
    for (int member = 0; member < committee.size(); member++) {
      if (shape.dataCentreOf(committee.members().get(member)) == dataCentre) {
        visitor.inject(new Fault.Crash(member, Tail.LOST));
      } else {
        left.add(member);
      }
    }
    visitor.inject(new Fault.Partition(List.of(left)));
  }

  List<Violation> violations() {
    return visitor.world().violations();
  }
}
