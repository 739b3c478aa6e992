package dev.sampo.simulation.deployment;

import dev.sampo.simulation.deployment.DeploymentFigures.Bytes;
import dev.sampo.simulation.deployment.DeploymentFigures.Carried;
import dev.sampo.simulation.deployment.DeploymentFigures.Use;
import dev.sampo.simulation.wan.Quantiles;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * All counters of a run at one moment: what happened in between is the difference of two of them.
 *
 * @param at nanoseconds of the simulated world
 * @param counts of clients, by ledger
 * @param blocks by ledger
 * @param busy nanoseconds of each server, by kind
 * @param answers what clients were told so far
 */
record Snapshot(
    long at,
    List<Load.Count> counts,
    List<Blocks> blocks,
    Map<Resource, List<Long>> busy,
    Links.Bytes within,
    Links.Bytes between,
    List<Load.Answer> answers) {

  private static final double NANOS = 1e9;
  private static final long MILLI = 1_000_000;

  /** Final blocks of a ledger, and what they carried. */
  record Blocks(long count, long transfers) {}

  private double secondsSince(Snapshot before) {
    return (at - before.at) / NANOS;
  }

  /** What those ledgers carried since then. */
  Carried carriedSince(Snapshot before, IntPredicate ledgers) {
    double seconds = secondsSince(before);
    double made = sum(blocks, Blocks::count, ledgers) - sum(before.blocks, Blocks::count, ledgers);
    double ordered =
        sum(blocks, Blocks::transfers, ledgers) - sum(before.blocks, Blocks::transfers, ledgers);
    return new Carried(
        perSecond(before, Load.Count::offered, ledgers),
        perSecond(before, Load.Count::committed, ledgers),
        perSecond(before, Load.Count::refused, ledgers),
        made / seconds,
        made == 0 ? 0 : ordered / made,
        millisSince(before, ledgers));
  }

  private double perSecond(
      Snapshot before, ToLongFunction<Load.Count> count, IntPredicate ledgers) {
    return (sum(counts, count, ledgers) - sum(before.counts, count, ledgers))
        / secondsSince(before);
  }

  private static <T> double sum(List<T> all, ToLongFunction<T> of, IntPredicate ledgers) {
    return IntStream.range(0, all.size())
        .filter(ledgers)
        .mapToLong(i -> of.applyAsLong(all.get(i)))
        .sum();
  }

  private Optional<Quantiles> millisSince(Snapshot before, IntPredicate ledgers) {
    var times =
        answers.subList(before.answers.size(), answers.size()).stream()
            .filter(each -> ledgers.test(each.ledger()))
            .mapToLong(Load.Answer::took)
            .toArray();
    return times.length == 0 ? Optional.empty() : Optional.of(Quantiles.of(times, MILLI));
  }

  /** Ledgers that made blocks since then. */
  int goingSince(Snapshot before) {
    return (int)
        IntStream.range(0, blocks.size())
            .filter(i -> blocks.get(i).count() > before.blocks.get(i).count())
            .count();
  }

  /** How full each kind was since then. */
  SortedMap<Resource, Use> useSince(Snapshot before) {
    var use = new TreeMap<Resource, Use>();
    busy.forEach(
        (resource, now) -> {
          var then = before.busy.getOrDefault(resource, List.of());
          var shares =
              IntStream.range(0, now.size())
                  .mapToDouble(i -> (double) (now.get(i) - then.get(i)) / (at - before.at))
                  .sorted()
                  .toArray();
          if (shares.length > 0) {
            use.put(resource, new Use(shares[shares.length - 1], shares[shares.length / 2]));
          }
        });
    return use;
  }

  Bytes withinSince(Snapshot before) {
    return bytes(before, within, before.within);
  }

  Bytes betweenSince(Snapshot before) {
    return bytes(before, between, before.between);
  }

  private Bytes bytes(Snapshot before, Links.Bytes now, Links.Bytes then) {
    double sent = now.sent() - then.sent();
    double committed =
        sum(counts, Load.Count::committed, _ -> true)
            - sum(before.counts, Load.Count::committed, _ -> true);
    return new Bytes(
        sent / secondsSince(before),
        committed == 0 ? 0 : sent / committed,
        now.sent(),
        now.received(),
        now.sent() - now.received());
  }
}
