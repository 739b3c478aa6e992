package dev.sampo.simulation.deployment;

import dev.sampo.simulation.world.EventQueue;
import dev.sampo.simulation.world.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Clients that submit whether or not the ledgers keep up: at random moments, equally often to each
 * ledger, by any member that is there.
 */
final class Load {

  private static final double NANOS = 1e9;

  /**
   * What became of a transfer.
   *
   * @param at when its client was told, in nanoseconds of the simulated world
   * @param took from its submission on
   */
  record Answer(int ledger, long at, long took) {}

  /** What the clients of a ledger have sent and heard so far. */
  record Count(long offered, long committed, long refused) {

    private Count oneMoreOffered() {
      return new Count(offered + 1, committed, refused);
    }

    private Count oneMoreCommitted() {
      return new Count(offered, committed + 1, refused);
    }

    private Count oneMoreRefused() {
      return new Count(offered, committed, refused + 1);
    }
  }

  private final List<DeployedLedger> ledgers;
  private final EventQueue queue;
  private final double pause;
  private final SplittableRandom random;
  private final List<List<Integer>> gateways;
  private final List<Count> counts;
  private final List<Answer> answers = new ArrayList<>();

  /** {@code perSecond}: transfers of all ledgers together. */
  Load(List<DeployedLedger> ledgers, double perSecond, EventQueue queue, SplittableRandom random) {
    this.ledgers = List.copyOf(ledgers);
    this.queue = queue;
    this.pause = NANOS / perSecond;
    this.random = random;
    this.gateways = new ArrayList<>();
    ledgers.forEach(each -> gateways.add(range(each.committee().size())));
    this.counts = new ArrayList<>();
    ledgers.forEach(_ -> counts.add(new Count(0, 0, 0)));
  }

  private static List<Integer> range(int end) {
    return IntStream.range(0, end).boxed().toList();
  }

  void start() {
    // Times between events that do not know of each other: a Poisson process.
    long wait = (long) (-StrictMath.log(1 - random.nextDouble()) * pause);
    queue.plan(wait, EventQueue.Kind.CLIENT, 0, this::submit);
  }

  private void submit() {
    start();
    int ledger = random.nextInt(ledgers.size());
    var open = gateways.get(ledger);
    if (!open.isEmpty()) {
      long begun = queue.nanos();
      counts.set(ledger, counts.get(ledger).oneMoreOffered());
      int member = open.get(random.nextInt(open.size()));
      ledgers.get(ledger).pay(member, reply -> told(ledger, begun, reply));
    }
  }

  private void told(int ledger, long begun, Reply reply) {
    var count = counts.get(ledger);
    boolean isCommitted = reply instanceof Reply.Executed(var receipt, _) && receipt.ok();
    counts.set(ledger, isCommitted ? count.oneMoreCommitted() : count.oneMoreRefused());
    if (isCommitted) {
      answers.add(new Answer(ledger, queue.nanos(), queue.nanos() - begun));
    }
  }

  /** Whoever used a member there uses another one from now on. */
  void avoid(int dataCentre, Shape shape) {
    for (int i = 0; i < ledgers.size(); i++) {
      var members = ledgers.get(i).committee().members();
      gateways.set(
          i,
          range(members.size()).stream()
              .filter(each -> shape.dataCentreOf(members.get(each)) != dataCentre)
              .toList());
    }
  }

  /** By the number of the ledger. */
  List<Count> counts() {
    return List.copyOf(counts);
  }

  /** In the order in which clients were told. */
  List<Answer> answers() {
    return List.copyOf(answers);
  }
}
