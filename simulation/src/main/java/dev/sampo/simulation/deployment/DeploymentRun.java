package dev.sampo.simulation.deployment;

import dev.sampo.core.consensus.HostLoad;
import dev.sampo.simulation.deployment.DeploymentFigures.Loss;
import dev.sampo.simulation.world.EventQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Runs all ledgers of a deployment in one virtual time on machines that they share, and measures
 * what they carry. Equal plans give equal events.
 */
public final class DeploymentRun {

  /** Timers adapt, connections are made, and what waits for processors finds its length. */
  private static final Duration WARM_UP = Duration.ofSeconds(3);

  /** TI6: leaders of whom nothing was heard for ten seconds are passed over. */
  private static final Duration PASSED_OVER = Duration.ofSeconds(12);

  /** As often as a node looks how busy its host is (TI7). */
  private static final Duration LOOK = Duration.ofMillis(250);

  /** Halves of a steady measurement differ by less. */
  private static final double STEADY = 0.1;

  private final DeploymentPlan plan;
  private final EventQueue queue;
  private final Hosts hosts;
  private final List<DeployedLedger> ledgers = new ArrayList<>();
  private final Load load;
  private final LeaderSpread leaders;
  private final List<HostWatch> watches = new ArrayList<>();
  private Duration now = Duration.ZERO;

  /** Whether a host is busy, by what its cores did since it was asked last. */
  private static final class HostWatch {
    private final HostLoad load = new HostLoad();
    private long busy;
    private boolean said;
  }

  private DeploymentRun(DeploymentPlan plan) {
    this.plan = plan;
    var random = new SplittableRandom(plan.seed());
    this.queue = new EventQueue(random.split());
    this.hosts = new Hosts(plan.shape(), plan.hardware(), plan.costs(), queue);
    for (var committee : Committees.of(plan.shape())) {
      long seed = random.nextLong() & Long.MAX_VALUE;
      ledgers.add(new DeployedLedger(committee, seed, hosts.of(committee)));
    }
    this.load = new Load(ledgers, plan.offered(), queue, random.split());
    this.leaders = new LeaderSpread(plan.shape(), ledgers, random.split());
    for (int i = 0; i < plan.shape().validators(); i++) {
      watches.add(new HostWatch());
    }
  }

  public static DeploymentFigures run(DeploymentPlan plan) {
    return new DeploymentRun(plan).run();
  }

  private DeploymentFigures run() {
    load.start();
    var begin = after(WARM_UP);
    var middle = after(plan.measured().dividedBy(2));
    var end = after(plan.measured().dividedBy(2));
    var spread = leaders.spread();
    var loss =
        plan.lost().isPresent()
            ? Optional.of(loss(plan.lost().getAsInt(), begin, end))
            : Optional.<Loss>empty();
    double first = middle.carriedSince(begin, _ -> true).committed();
    double second = end.carriedSince(middle, _ -> true).committed();
    return new DeploymentFigures(
        plan,
        end.carriedSince(begin, _ -> true),
        Math.abs(second - first) <= STEADY * Math.max(first, second),
        end.useSince(begin),
        end.withinSince(begin),
        end.betweenSince(begin),
        spread,
        loss,
        ledgers.stream().flatMap(each -> each.violations().stream()).toList(),
        queue.hash());
  }

  private Loss loss(int dataCentre, Snapshot begin, Snapshot end) {
    ledgers.forEach(each -> each.lose(dataCentre, plan.shape()));
    load.avoid(dataCentre, plan.shape());
    var passed = after(PASSED_OVER);
    var last = after(plan.measured());
    var survives =
        ledgers.stream().map(each -> each.committee().survives(dataCentre, plan.shape())).toList();
    return new Loss(
        dataCentre,
        (int) survives.stream().filter(each -> each).count(),
        last.goingSince(passed),
        end.carriedSince(begin, survives::get),
        passed.carriedSince(end, survives::get),
        last.carriedSince(passed, survives::get));
  }

  /** Lets so much time pass, or less if something is found wrong. */
  private Snapshot after(Duration time) {
    var end = now.plus(time);
    while (now.compareTo(end) < 0 && isSound()) {
      var next = Stream.of(now.plus(LOOK), end).min(Duration::compareTo).orElseThrow();
      boolean isMore = true;
      while (isMore) {
        isMore = queue.next(next.toNanos());
      }
      long passed = next.minus(now).toNanos();
      now = next;
      leaders.look();
      for (int i = 0; i < watches.size(); i++) {
        look(i, watches.get(i), passed);
      }
    }
    return snapshot();
  }

  private boolean isSound() {
    return ledgers.stream().allMatch(each -> each.violations().isEmpty());
  }

  private void look(int validator, HostWatch watch, long passed) {
    long busy = hosts.busy(validator);
    double used = (double) (busy - watch.busy) / (passed * plan.hardware().cores());
    watch.busy = busy;
    boolean isBusy = watch.load.sample(used);
    if (isBusy != watch.said) {
      watch.said = isBusy;
      ledgers.forEach(each -> each.hostIsBusy(validator, isBusy));
    }
  }

  private Snapshot snapshot() {
    var blocks =
        ledgers.stream()
            .map(each -> new Snapshot.Blocks(each.meter().blocks(), each.meter().transfers()))
            .toList();
    return new Snapshot(
        queue.nanos(),
        load.counts(),
        blocks,
        hosts.busy(),
        hosts.links().inside(),
        hosts.links().outside(),
        load.answers());
  }
}
