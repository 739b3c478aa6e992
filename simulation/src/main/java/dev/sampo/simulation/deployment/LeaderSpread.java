package dev.sampo.simulation.deployment;

import dev.sampo.simulation.deployment.DeploymentFigures.Spread;
import java.util.List;
import java.util.SplittableRandom;

/** Looks now and then how many ledgers each validator leads. */
final class LeaderSpread {

  private final Shape shape;
  private final List<DeployedLedger> ledgers;
  private final SplittableRandom random;
  private long looks;
  private long led;
  private long most;
  private long mostByChance;

  LeaderSpread(Shape shape, List<DeployedLedger> ledgers, SplittableRandom random) {
    this.shape = shape;
    this.ledgers = List.copyOf(ledgers);
    this.random = random;
  }

  void look() {
    var now = new int[shape.validators()];
    var drawn = new int[shape.validators()];
    for (var ledger : ledgers) {
      var members = ledger.committee().members();
      ledger
          .meter()
          .leader()
          .ifPresent(
              leader -> {
                led++;
                now[members.get(leader.number())]++;
                drawn[members.get(random.nextInt(members.size()))]++;
              });
    }
    looks++;
    most += max(now);
    mostByChance += max(drawn);
  }

  private static int max(int[] numbers) {
    int max = 0;
    for (int each : numbers) {
      max = Math.max(max, each);
    }
    return max;
  }

  Spread spread() {
    double times = Math.max(1, looks);
    return new Spread(led / times / shape.validators(), most / times, mostByChance / times);
  }
}
