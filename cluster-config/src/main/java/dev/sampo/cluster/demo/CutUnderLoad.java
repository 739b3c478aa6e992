package dev.sampo.cluster.demo;

import dev.sampo.cluster.chaos.ChaosOrders;
import dev.sampo.cluster.chaos.ChaosWords;
import dev.sampo.cluster.console.Console;
import dev.sampo.cluster.placement.Member;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Cuts a data centre off while transfers go on, heals it, and measures each ledger meanwhile. */
final class CutUnderLoad {

  private static final Duration ENOUGH_MAX = Duration.ofMinutes(3);
  private static final Duration RESUME_MAX = Duration.ofMinutes(1);
  private static final Duration POLL = Duration.ofMillis(20);
  private static final double PERCENTILE = 99;

  /**
   * What was measured of a ledger.
   *
   * @param latencies until the outcome, at the 99th percentile
   * @param halted whether nothing was committed in the second half of the cut
   * @param resumed from the heal to the next commit; nothing if none came
   */
  record Measured(CutReport.Latencies latencies, boolean halted, Optional<Duration> resumed) {}

  private final DemoStart.Cuttable demo;
  private final String dataCentre;
  private final List<WatchedLoad> loads;
  private final Console console;

  CutUnderLoad(
      DemoStart.Cuttable demo, String dataCentre, List<LoadedLedger> ledgers, Console console) {
    this.demo = demo;
    this.dataCentre = dataCentre;
    this.loads = ledgers.stream().map(LoadedLedger::load).toList();
    this.console = console;
  }

  /** In the order of the ledgers. */
  List<Measured> run(CutDemo.Plan plan) throws IOException, InterruptedException {
    var ends = loads.stream().map(load -> load.start(plan.inFlight())).toList();
    await(() -> committed() >= plan.transfers(), ENOUGH_MAX);
    var before = takePercentiles();
    console.say("cutting data centre " + dataCentre + " off ...");
    var chaos = chaos();
    chaos.obey("partition " + namesOf(false) + " | " + namesOf(true));
    Thread.sleep(plan.cutFor().dividedBy(2));
    long middle = System.nanoTime();
    Thread.sleep(plan.cutFor().dividedBy(2));
    var during = takePercentiles();
    var halted = loads.stream().map(load -> load.lastCommitNanos() - middle < 0).toList();
    loads.forEach(WatchedLoad::awaitCommit);
    console.say("healing ...");
    chaos.obey("heal");
    long healed = System.nanoTime();
    await(() -> loads.stream().allMatch(WatchedLoad::hasCommitted), RESUME_MAX);
    loads.forEach(WatchedLoad::measureFromNow);
    long resumedWith = committed();
    await(() -> committed() >= resumedWith + plan.transfers(), ENOUGH_MAX);
    var after = takePercentiles();
    loads.forEach(WatchedLoad::stop);
    CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)).join();
    return IntStream.range(0, loads.size())
        .mapToObj(
            i ->
                new Measured(
                    new CutReport.Latencies(before.get(i), during.get(i), after.get(i)),
                    halted.get(i),
                    resumed(loads.get(i), healed)))
        .toList();
  }

  private static Optional<Duration> resumed(WatchedLoad load, long healed) {
    return load.hasCommitted()
        ? Optional.of(Duration.ofNanos(Math.max(load.awaitedCommitNanos() - healed, 0)))
        : Optional.empty();
  }

  private long committed() {
    return loads.stream().mapToLong(WatchedLoad::committed).sum();
  }

  private List<Double> takePercentiles() {
    return loads.stream()
        .map(load -> load.takeLatencyMicros().getValueAtPercentile(PERCENTILE) / 1000.0)
        .toList();
  }

  private ChaosOrders chaos() {
    var words =
        ChaosWords.of(
            demo.members().stream().map(Member::name).toList(),
            demo.members().stream().map(Member::dataCentre).toList());
    return new ChaosOrders(words, demo.links(), new LinksOnly());
  }

  private String namesOf(boolean isCut) {
    return demo.members().stream()
        .filter(member -> member.dataCentre().equals(dataCentre) == isCut)
        .map(Member::name)
        .collect(Collectors.joining(","));
  }

  /** Returns when it holds, or after {@code atMost}; the report tells then what is missing. */
  private static void await(BooleanSupplier condition, Duration atMost)
      throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() - deadline < 0) {
      Thread.sleep(POLL);
    }
  }

  /** Nothing is done to processes here. */
  private static final class LinksOnly implements ChaosOrders.Processes {

    @Override
    public void crash(int validator) {
      throw new IllegalStateException("only links are cut");
    }

    @Override
    public void restart(int validator) {
      throw new IllegalStateException("only links are cut");
    }
  }
}
