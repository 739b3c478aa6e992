package dev.sampo.simulation.proxy;

import dev.sampo.simulation.fault.Fault;
import dev.sampo.simulation.fault.Link;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What the vocabulary's link faults mean on real links. A partition or cut blackholes links; a
 * delay delays their bytes; a loss of p % resets a connection at p % of its chunks, as TLS leaves
 * no message that could be dropped alone. Duplication and replay are what TLS prevents. Not
 * thread-safe.
 */
public final class FaultyLinks {

  private final int validators;
  private Optional<List<List<Integer>>> partition = Optional.empty();
  private final TreeSet<DirectedLink> cuts = new TreeSet<>();
  private final Map<Link, Fault.Delay> delays = new LinkedHashMap<>();
  private final Map<Link, Integer> losses = new LinkedHashMap<>();

  public FaultyLinks(int validators) {
    this.validators = validators;
  }

  /** Notes the fault if it is about links; returns whether it is. */
  public boolean note(Fault fault) {
    switch (fault) {
      case Fault.Partition(var groups) -> partition = Optional.of(groups);
      case Fault.Cut(int from, int to) -> cuts.add(new DirectedLink(from, to));
      case Fault.Heal _ -> heal();
      case Fault.Delay delay -> {
        delays.remove(delay.link());
        delays.put(delay.link(), delay);
      }
      case Fault.Drop(var link, int percent) -> {
        losses.remove(link);
        losses.put(link, percent);
      }
      case Fault.Duplicate _, Fault.Replay _ ->
          throw new NotExpressible(
              List.of("TLS lets no record of a connection arrive twice, nor on another one"));
      case Fault.Crash _,
          Fault.Restart _,
          Fault.Pause _,
          Fault.SlowDisk _,
          Fault.FailDisk _,
          Fault.RotBit _,
          Fault.MisdirectWrite _,
          Fault.WipeDisk _,
          Fault.RollBackDisk _,
          Fault.RecoverDisk _,
          Fault.StartCopy _,
          Fault.SkewClock _,
          Fault.JumpClock _,
          Fault.Corrupt _ -> {
        return false;
      }
    }
    return true;
  }

  private void heal() {
    partition = Optional.empty();
    cuts.clear();
    delays.clear();
    losses.clear();
  }

  /** Every link between different validators. */
  public List<DirectedLink> links() {
    var links = new ArrayList<DirectedLink>();
    for (int from = 0; from < validators; from++) {
      for (int to = 0; to < validators; to++) {
        if (from != to) {
          links.add(new DirectedLink(from, to));
        }
      }
    }
    return links;
  }

  /** What the faults so far make of a link; a later one about the same link wins. */
  public LinkCondition condition(DirectedLink link) {
    var condition = LinkCondition.CLEAR;
    if (isSevered(link)) {
      condition = condition.with(LinkCondition.Traffic.BLACKHOLED);
    }
    for (var delay : delays.values()) {
      if (delay.link().covers(link.from(), link.to())) {
        condition = condition.withDelay(delay.min(), delay.max());
      }
    }
    for (var loss : losses.entrySet()) {
      if (loss.getKey().covers(link.from(), link.to())) {
        condition = condition.withResets(loss.getValue());
      }
    }
    return condition;
  }

  /** Whether nothing that {@code from} says reaches {@code to}. */
  public boolean isSevered(DirectedLink link) {
    return cuts.contains(link)
        || partition
            .map(
                groups ->
                    groups.stream()
                        .noneMatch(
                            group -> group.contains(link.from()) && group.contains(link.to())))
            .orElse(false);
  }
}
