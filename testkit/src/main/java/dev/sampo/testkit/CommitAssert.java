package dev.sampo.testkit;

import dev.sampo.core.transaction.Receipt;
import dev.sampo.testkit.ledger.LedgerUnderTest;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Where a transaction must have been executed successfully. */
public final class CommitAssert {

  private final NetworkAssert network;
  private final LedgerUnderTest ledger;
  private final Submitted submitted;

  CommitAssert(NetworkAssert network, LedgerUnderTest ledger, Submitted submitted) {
    this.network = network;
    this.ledger = ledger;
    this.submitted = submitted;
  }

  /** Waits for every validator of the largest group that hears each other. */
  public NetworkAssert onAllReachable() {
    return on(ledger.reachable());
  }

  public NetworkAssert onAll() {
    return on(IntStream.range(0, ledger.plan().validators()).boxed().toList());
  }

  public NetworkAssert on(List<Integer> validators) {
    if (validators.isEmpty()) {
      throw network.failure("no validator is reachable");
    }
    network.eventually(
        () -> validators.stream().allMatch(each -> hasCommitted(each)),
        () ->
            "transaction " + submitted.id().hex() + " is not committed on " + missing(validators));
    return network;
  }

  private boolean hasCommitted(int validator) {
    return receipt(validator).map(Receipt::ok).orElse(false);
  }

  private Optional<Receipt> receipt(int validator) {
    return ledger.view(validator).flatMap(view -> view.receipt(submitted.id()));
  }

  private String missing(List<Integer> validators) {
    return validators.stream()
        .filter(each -> !hasCommitted(each))
        .map(each -> each + receipt(each).map(found -> " (" + found.code() + ")").orElse(""))
        .toList()
        .toString();
  }
}
