package dev.sampo.testkit;

import dev.sampo.core.assets.Assets;
import dev.sampo.core.types.Height;
import dev.sampo.testkit.ledger.CoinsForAll;
import dev.sampo.testkit.ledger.LedgerUnderTest;
import dev.sampo.testkit.ledger.ValidatorView;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractAssert;

/** Assertions about a network; those that need time wait for it, 30 s at most. */
public final class NetworkAssert extends AbstractAssert<NetworkAssert, SampoNetwork> {

  private final LedgerUnderTest ledger;
  private Duration patience = Duration.ofSeconds(30);

  NetworkAssert(SampoNetwork network) {
    super(network, NetworkAssert.class);
    this.ledger = network.ledger();
  }

  /** The assertions that follow wait so long at most. */
  public NetworkAssert within(Duration atMost) {
    patience = atMost;
    return this;
  }

  public CommitAssert hasCommitted(Submitted submitted) {
    return new CommitAssert(this, ledger, submitted);
  }

  /** No validator has executed the transaction by now. */
  public NetworkAssert hasNotExecuted(Submitted submitted) {
    for (var view : views()) {
      if (view.receipt(submitted.id()).isPresent()) {
        throw failure(
            "transaction " + submitted.id().hex() + " was executed on " + view.validator());
      }
    }
    return this;
  }

  /** For so long no block is committed anywhere: a quorum is missing. */
  public NetworkAssert commitsNothingFor(Duration time) {
    var before = heights();
    if (ledger.runUntil(() -> !heights().equals(before), time)) {
      throw failure("heights went from " + before + " to " + heights());
    }
    return this;
  }

  /** All validators of the reachable group come to the same height and the same state there. */
  public NetworkAssert converges() {
    eventually(
        () -> agreed().isPresent(),
        () -> "the reachable validators do not converge; their heights are " + heights());
    return agrees();
  }

  /** No two validators hold different blocks, or different states, at any height (I1, I5). */
  public NetworkAssert agrees() {
    var views = views();
    var tallest = views.stream().map(ValidatorView::height).max(Comparator.naturalOrder());
    for (var at = Height.ZERO.next();
        tallest.isPresent() && at.compareTo(tallest.get()) <= 0;
        at = at.next()) {
      requireOne(views, at);
    }
    return this;
  }

  private void requireOne(List<ValidatorView> views, Height at) {
    long blocks =
        views.stream().map(view -> view.blockHash(at)).flatMap(Optional::stream).distinct().count();
    long states =
        views.stream().map(view -> view.stateRoot(at)).flatMap(Optional::stream).distinct().count();
    if (blocks > 1 || states > 1) {
      throw failure("at height " + at + " there are " + blocks + " blocks, " + states + " states");
    }
  }

  /** On each running validator the balances of coins sum up to their supply. */
  public NetworkAssert conserves() {
    for (var view : views()) {
      long supply = Assets.supply(view.state(), CoinsForAll.COIN);
      long sum = Assets.sumOfBalances(view.state(), CoinsForAll.COIN);
      long issued = CoinsForAll.COINS * ledger.plan().start().accounts().size();
      if (sum != supply || supply != issued) {
        throw failure(
            "validator %d has %d coins in balances, a supply of %d, and %d were issued"
                .formatted(view.validator(), sum, supply, issued));
      }
    }
    return this;
  }

  /** No validator stopped by itself. */
  public NetworkAssert hasNoFailures() {
    if (!ledger.failures().isEmpty()) {
      throw failure("validators stopped by themselves: " + ledger.failures());
    }
    return this;
  }

  private Optional<Height> agreed() {
    var group = ledger.reachable();
    var heights =
        group.stream().map(ledger::view).flatMap(Optional::stream).map(ValidatorView::height);
    var distinct = heights.distinct().toList();
    return distinct.size() == 1 ? Optional.of(distinct.getFirst()) : Optional.empty();
  }

  private List<ValidatorView> views() {
    return IntStream.range(0, ledger.plan().validators())
        .mapToObj(ledger::view)
        .flatMap(Optional::stream)
        .toList();
  }

  private List<Height> heights() {
    return views().stream().map(ValidatorView::height).toList();
  }

  void eventually(BooleanSupplier condition, Supplier<String> otherwise) {
    if (!ledger.runUntil(condition, patience)) {
      throw failure(otherwise.get() + " within " + patience);
    }
  }

  AssertionError failure(String what) {
    var causes = ledger.failures().isEmpty() ? "" : "; " + ledger.failures();
    return new AssertionError(what + causes + " (seed " + actual.seed() + ")");
  }
}
