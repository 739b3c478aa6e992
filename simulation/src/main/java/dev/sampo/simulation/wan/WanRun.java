package dev.sampo.simulation.wan;

import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.ValidatorIndex;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Runs a ledger without faults and measures what finality takes. Equal plans give equal figures.
 */
public final class WanRun {

  /** Views before anything counts: timers adapt, and connections and first blocks are made. */
  private static final int VIEWS_BEFORE = 20;

  private static final int LONE_BEFORE = 10;
  private static final double DELAYS_PER_VIEW = 2;

  /** All that is open becomes final in so many delays, and far quicker. */
  private static final double DELAYS_AFTER = 40;

  private final WanPlan plan;
  private final Passages passages;
  private final Traffic traffic;
  private final WanLedger ledger;
  private long paid;

  private WanRun(WanPlan plan) {
    this.plan = plan;
    this.passages = new Passages(this::nanos);
    this.traffic = new Traffic(this::ledgerId);
    this.ledger =
        new WanLedger(
            plan.validators(),
            plan.delay(),
            plan.load().parameters(plan.validators()),
            List.of(passages, traffic));
  }

  private long nanos() {
    return ledger.time().toNanos();
  }

  private LedgerId ledgerId() {
    return ledger.world().genesis().ledgerId();
  }

  public static WanFigures run(WanPlan plan) {
    return new WanRun(plan).run();
  }

  private WanFigures run() {
    ledger.runUntil(Duration.ofSeconds(1));
    long before =
        plan.load().isBusy()
            ? plan.delays(VIEWS_BEFORE * DELAYS_PER_VIEW).dividedBy(plan.apart()) + 1
            : LONE_BEFORE;
    for (long i = 0; i < before; i++) {
      payNext(false);
    }
    traffic.begin();
    for (int i = 0; i < plan.transactions(); i++) {
      payNext(true);
    }
    traffic.end();
    ledger.runUntil(ledger.time().plus(plan.delays(DELAYS_AFTER)));
    if (!ledger.refused().isEmpty()) {
      throw new IllegalStateException("payments were refused: " + ledger.refused());
    }
    return figures();
  }

  /** Gateways take turns, and so do the moments within a view. */
  private void payNext(boolean isMeasured) {
    int gateway = (int) (paid % plan.validators());
    var submitted = ledger.time().plus(WanLedger.trip());
    var id = ledger.pay(gateway);
    if (isMeasured) {
      passages.submitted(id, ValidatorIndex.of(gateway), submitted.toNanos());
    }
    paid++;
    ledger.runUntil(ledger.time().plus(plan.apart()));
  }

  private WanFigures figures() {
    Map<Way, List<Passage>> byWay =
        passages.ended().stream().collect(Collectors.groupingBy(Passage::way));
    var latencies = new TreeMap<Way, Latencies>();
    byWay.forEach((way, each) -> latencies.put(way, Latencies.of(each, plan.delay().toNanos())));
    return new WanFigures(
        plan,
        ledger.world().genesis().validators(),
        latencies,
        traffic.counts(),
        passages.open(),
        ledger.violations());
  }
}
