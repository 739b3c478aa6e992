package dev.sampo.node.gateway;

import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.genesis.LedgerCharter;
import dev.sampo.core.genesis.LedgerName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** The small ledgers of a node: the first one is named "main". What charters ask for is noted. */
final class SmallLedgers implements HostedLedgers {

  static final LedgerName MAIN = new LedgerName("main");

  final List<LedgerCharter> charters = new CopyOnWriteArrayList<>();
  private final Map<LedgerName, HostedLedger> hosted = new TreeMap<>();
  private Optional<HostOutcome> verdict = Optional.empty();
  private Optional<SharedPlacement> shared = Optional.empty();

  SmallLedgers(SmallLedger first) {
    add(MAIN, first);
  }

  synchronized void add(LedgerName name, SmallLedger ledger) {
    addUnder(ledger.document(), name, ledger);
  }

  /** The node claims that {@code ledger} is that of {@code claimed}. */
  synchronized void addUnder(Genesis claimed, LedgerName name, SmallLedger ledger) {
    var summary = LedgerSummary.of(name, claimed, hosted.isEmpty());
    hosted.put(name, new HostedLedger(summary, ledger));
  }

  /** Instead of what there is: one way to the first ledger. */
  synchronized void hostOnly(Genesis genesis, LedgerAccess access) {
    hosted.clear();
    hosted.put(MAIN, new HostedLedger(LedgerSummary.of(MAIN, genesis, true), access));
  }

  synchronized void removeAll() {
    hosted.clear();
  }

  /** What every charter that gets so far is answered with from now on. */
  synchronized void decide(HostOutcome outcome) {
    verdict = Optional.of(outcome);
  }

  /** The node shares them with others from now on. */
  synchronized void shareBy(SharedPlacement placement) {
    shared = Optional.of(placement);
  }

  @Override
  public synchronized Optional<SharedPlacement> placement() {
    return shared;
  }

  @Override
  public synchronized Optional<HostedLedger> find(String ledger) {
    return hosted.values().stream()
        .filter(
            each ->
                ledger.isEmpty()
                    ? each.summary().isDefault()
                    : each.summary().name().text().equals(ledger)
                        || each.summary().id().hex().equals(ledger))
        .findFirst();
  }

  @Override
  public synchronized List<HostedLedger> list() {
    return List.copyOf(hosted.values());
  }

  @Override
  public boolean isForwardingOnly() {
    return list().isEmpty();
  }

  @Override
  public synchronized CompletionStage<HostOutcome> host(LedgerCharter charter) {
    charters.add(charter);
    return CompletableFuture.completedFuture(
        verdict.orElseGet(
            () ->
                new HostOutcome.Hosted(
                    LedgerSummary.of(charter.name(), charter.genesis(), false))));
  }
}
